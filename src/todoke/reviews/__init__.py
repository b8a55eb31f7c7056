"""Reviews 見直し: seals, papers and visits that a procedure asks, and why each goes or stays."""
