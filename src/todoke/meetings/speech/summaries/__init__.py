"""Summaries 要約: at most 100 characters of a question or an answer, in its own words; pure functions."""
