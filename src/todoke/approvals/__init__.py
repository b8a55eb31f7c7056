"""Approvals 決裁: proposals on a route of posts, decided step by step by the people who hold them."""
