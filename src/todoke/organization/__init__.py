"""組織: departments, posts, and who holds them from when to when."""
