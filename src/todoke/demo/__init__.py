"""デモ区: a fictional ward, built only by calling domain verbs, on real public data."""
