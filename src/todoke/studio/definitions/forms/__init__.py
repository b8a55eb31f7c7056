"""Forms of forms from elsewhere."""
