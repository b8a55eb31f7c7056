"""Addresses of the pages of the automations."""
