"""監査: who did what, when; append-only and tamper-evident."""
