"""Voice proof: opinions that were acknowledged are kept once, shown to nobody else, and published only as masked."""
