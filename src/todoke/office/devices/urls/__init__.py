"""Addresses of the pages of the devices."""
