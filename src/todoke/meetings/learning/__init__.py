"""Learning 学習: what people said of the candidates of minutes, and a classifier drawn by it."""
