"""File validation 添付の検査: checks the real type of uploaded files and that they are safe to open."""
