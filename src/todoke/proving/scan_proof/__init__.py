"""Scan proof 読取りの検証: people who scan, check and receive paper while they are killed, and what must hold then."""
