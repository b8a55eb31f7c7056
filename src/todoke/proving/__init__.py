"""検証: proofs on a running installation that no accepted data is lost or shown to others. Synthetic data only."""
