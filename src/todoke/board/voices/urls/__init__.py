"""URLs of the pages of the voices."""
