"""Middleware of all pages: security headers, staff access, read-only mode, ruby text; answers to acts and refusals."""
