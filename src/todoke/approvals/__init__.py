"""決裁: a proposal climbing a route of posts."""
