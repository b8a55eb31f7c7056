"""Measurements 計測: each is started with ``./todoke bench NAME``."""
