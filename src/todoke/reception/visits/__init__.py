"""Visits 来庁予約: purposes and hours, free times, requests and reminders."""
