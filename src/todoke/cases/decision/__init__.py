"""決定のまわり: how an office calls its decision, what is open before it, and that it was issued after it."""
