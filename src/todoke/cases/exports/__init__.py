"""Exports 書出し: answers, papers and single cases as files that leave the office."""
