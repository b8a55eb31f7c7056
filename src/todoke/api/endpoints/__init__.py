"""Endpoints of version 1, one module a noun."""
