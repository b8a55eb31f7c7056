"""Views of recordings."""
