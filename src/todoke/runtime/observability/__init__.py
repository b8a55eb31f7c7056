"""Observability 見守り: counted requests, and what leaves for services of failures and traces."""
