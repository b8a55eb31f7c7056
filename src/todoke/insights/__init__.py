"""指標・EBPM: figures over everything below, read-only."""
