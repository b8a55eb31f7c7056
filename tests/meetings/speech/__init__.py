"""Recordings and transcripts of meetings."""
