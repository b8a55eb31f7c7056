"""EBPM 検証: what a measure changed, how sure that is, and what the figures cannot show."""
