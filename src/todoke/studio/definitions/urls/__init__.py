"""URLs of forms from elsewhere."""
