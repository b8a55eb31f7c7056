"""Database 接続と移行: the direct connection, and migrations of an installation that people use."""
