"""Voices 声: the pages on which staff run consultations, ideas and staff proposals."""
