"""Forms of the pages of the certificates."""
