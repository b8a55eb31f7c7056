"""The database engine of small offices; Django looks for ``base`` in here."""
