"""Roadmaps 導入計画: which procedure goes online in which quarter, under limited staff."""
