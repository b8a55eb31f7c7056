"""Voices 声: public comments, ideas and staff proposals, and what became of each."""
