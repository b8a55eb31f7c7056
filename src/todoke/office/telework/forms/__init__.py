"""Forms of the telework pages."""
