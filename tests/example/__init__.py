"""Example 例: a room as small as a room can be; a test installs it."""
