"""Synthetic users 検証の利用者: people who apply, pay, decide and remember what was acknowledged."""
