"""Answers 回答: what is typed, checked, stored, encrypted and migrated."""
