"""選考の行為: acts and questions across the rows of a round: points, checks, runs, adoption, letters, replay."""
