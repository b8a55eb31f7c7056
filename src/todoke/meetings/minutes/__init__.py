"""議事録 minutes: what was said, by whom, and what it leaves behind. Pure rules, no database and no clock."""
