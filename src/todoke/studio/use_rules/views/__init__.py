"""Views of use rules."""
