"""Roadmaps 導入計画: which procedure goes online when, under the staff that there is."""
