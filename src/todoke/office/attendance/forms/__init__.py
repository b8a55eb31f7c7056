"""Forms of the attendance pages."""
