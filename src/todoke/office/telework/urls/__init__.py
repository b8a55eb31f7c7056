"""Addresses of the telework pages."""
