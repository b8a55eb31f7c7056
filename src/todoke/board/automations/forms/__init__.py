"""Forms of the pages of the automations."""
