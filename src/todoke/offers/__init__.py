"""Offers 公開: what residents can apply for: online services with their frozen releases, fees and letters."""
