"""Scans 読取り: paper sheets, the templates that say where their fields are, what was read and who checked it."""
