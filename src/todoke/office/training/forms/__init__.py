"""Forms of the pages of courses and help sessions."""
