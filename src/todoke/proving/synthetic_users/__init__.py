"""Synthetic users 検証の利用者: people who apply, pay and decide, and record what was acknowledged."""
