"""Forms of use rules."""
