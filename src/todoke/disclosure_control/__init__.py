"""Disclosure control 秘匿: counts of people are published only so that nobody in a small cell can be told."""
