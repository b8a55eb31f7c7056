"""Views of the attendance pages."""
