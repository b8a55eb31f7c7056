"""Partners of the office 連携先: other systems that work on a section's applications, and their keys."""
