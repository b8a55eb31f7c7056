"""予約作業: work that is done after the answer, from rows written in the caller's transaction."""
