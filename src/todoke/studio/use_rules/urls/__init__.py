"""URLs of use rules."""
