"""Proof of codes 番号の検証: once for all processes, counted once, and nobody locked out."""
