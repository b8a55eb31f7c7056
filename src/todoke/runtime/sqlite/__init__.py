"""SQLite database engine with a fair write lock; Django imports ``base`` from here."""
