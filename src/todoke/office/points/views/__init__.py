"""Views of the pages of the points."""
