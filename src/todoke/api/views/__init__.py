"""Pages about the API that people read."""
