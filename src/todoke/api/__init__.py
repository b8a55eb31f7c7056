"""API: HTTP for other systems, nothing else; each shows a key and has the rights of the post that it holds."""
