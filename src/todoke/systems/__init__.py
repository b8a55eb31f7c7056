"""システム台帳: information systems, SLA, incidents, drills and evaluations."""
