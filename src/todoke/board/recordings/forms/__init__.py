"""Forms of recordings."""
