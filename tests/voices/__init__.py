"""Tests of the voices: public comments, ideas, staff proposals."""
