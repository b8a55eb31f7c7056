"""Procedures 手続: the inventory of procedures, its imports, search, judgements and duplicate candidates."""
