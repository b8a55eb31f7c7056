"""Addresses of the attendance pages."""
