"""Addresses of the pages of the points."""
