"""Imports 取込み: rows of inventory files, matched, looked at, written and taken back."""
