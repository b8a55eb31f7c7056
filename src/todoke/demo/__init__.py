"""デモ区: a fictional ward on public data, built with the same calls that pages make."""
