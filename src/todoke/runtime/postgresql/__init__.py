"""PostgreSQL engine: Django's PostgreSQL backend, with values bound by the server however many there are."""
