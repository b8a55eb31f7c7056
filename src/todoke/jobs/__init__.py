"""予約作業: background tasks kept as database rows and written in the caller's transaction."""
