"""Views of the pages of the voices."""
