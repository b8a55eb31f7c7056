"""Robots are kept from what belongs to one person, and whoever found a weakness learns where to report it."""

from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client
from pytest_django import Settings

from tests.cast.role_matrix.matrix import routes
from todoke.portal.site.views.well_known import CLOSED

OPEN = (
    "procedures/", "static/", "language/", "appearance/", "robots.txt", ".well-known/", "arrival/", "session/",
    "visits/", "facilities/", "lotteries/", "consultations/", "ideas/", "voices/", "data/", "classes/",
    "help-sessions/", "places/",
)  # fmt: skip


def test_every_address_with_a_secret_is_closed_to_robots(client: Client) -> None:
    said = client.get("/robots.txt").content.decode().splitlines()
    assert said == ["User-agent: *", *(f"Disallow: {path}" for path in CLOSED)]
    for name, pattern in routes():
        if "<" in pattern and (not pattern.startswith(OPEN) or ":token>" in pattern):
            assert f"/{pattern}".startswith(CLOSED), name


def test_the_demo_is_left_out_whole(client: Client, settings: Settings) -> None:
    settings.DEMO = True
    assert "Disallow: /\n" in client.get("/robots.txt").content.decode()


@pytest.mark.parametrize("contact", ["", "mailto:security@city.example.lg.jp"])
def test_a_weakness_is_reported_where_the_city_says(client: Client, settings: Settings, contact: str) -> None:
    settings.SECURITY_CONTACT = contact
    said = dict(line.split(": ", 1) for line in client.get("/.well-known/security.txt").content.decode().splitlines())
    assert said["Contact"] == contact or said["Contact"] == settings.PUBLIC_URL
    until = datetime.fromisoformat(said["Expires"])
    assert timedelta(days=140) < until - datetime.now(UTC) < timedelta(days=365)
