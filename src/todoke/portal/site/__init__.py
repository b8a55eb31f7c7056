"""Site 窓口のしるし: how the municipality looks, what robots and finders of weaknesses read, and staff invitations."""
