"""監査: an append-only, tamper-evident log of who did what, when."""
