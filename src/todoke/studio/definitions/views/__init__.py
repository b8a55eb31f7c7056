"""Views of forms from elsewhere."""
