"""Receivers: pages, letters and mails read what this room publishes."""

from todoke.design import municipality
from todoke.installation.appearance import published, published_logo

municipality.provide(published, published_logo)
