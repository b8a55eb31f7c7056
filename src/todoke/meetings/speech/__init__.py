"""Speech 会議の発言: recordings, what was said in them, and what a person has to hear."""
