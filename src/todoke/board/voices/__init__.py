"""Voices 声: what was heard and what became of it, for headquarters, the council and the public."""
