"""Imports 取込: answers of other form services and applications of the national portal become applications here."""
