"""File validation 添付の検査: what a file is, whatever its name says, and whether it is safe to open."""
