"""Pages of the automations."""
