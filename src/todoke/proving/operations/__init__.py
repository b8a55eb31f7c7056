"""Proofs of what an operator does 運用の検証: backups while people apply, and upgrades."""
