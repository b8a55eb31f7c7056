"""Addresses of the pages of the certificates."""
