"""テレワーク: days that people plan and chiefs approve, and what of the work could be done elsewhere."""
