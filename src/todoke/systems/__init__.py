"""システム台帳: information systems, service levels (SLA), incidents, drills and evaluations."""
