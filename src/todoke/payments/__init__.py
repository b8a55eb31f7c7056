"""納付・日計: money owed, attempted, settled and reconciled."""
