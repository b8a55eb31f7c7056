"""Engines 読取りの部品: what reads lines and finds marks in pictures; only where the extra ``reading`` is installed."""
