"""Addresses of recordings."""
