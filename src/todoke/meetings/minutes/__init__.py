"""議事録 minutes: rules that extract speeches, agenda, candidates and defects. No database, no clock."""
