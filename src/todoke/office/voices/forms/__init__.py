"""Forms of the pages of the voices."""
