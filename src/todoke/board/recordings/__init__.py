"""Recordings of meetings 録音: the pages on which they are received, heard, corrected and made into minutes."""
