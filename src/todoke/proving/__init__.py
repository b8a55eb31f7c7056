"""検証: proving on a running installation that nothing is lost and nobody is mixed up. All its data is synthetic."""
