"""指標・EBPM: statistics over the rooms below, read-only."""
