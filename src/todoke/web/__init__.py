"""Middleware of all pages: security headers, staff access, read-only operation, ruby text."""
