"""Views of the telework pages."""
