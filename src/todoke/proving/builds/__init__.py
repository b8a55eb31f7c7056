"""Builds 検証用の環境の控え: what several proofs begin with, made once."""
