"""Addresses of the pages of the subscriptions."""
