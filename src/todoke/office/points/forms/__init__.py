"""Forms of the pages of the points."""
