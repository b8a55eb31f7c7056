"""Voices 声: the pages of public comments, ideas and what became of them, for everybody."""
