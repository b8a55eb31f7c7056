"""Reviews 見直し: what procedures require (seals, papers, visits), and whether it is abolished, replaced or kept."""
