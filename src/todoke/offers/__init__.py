"""Offers 公開: online services with immutable releases, fees and letter texts."""
