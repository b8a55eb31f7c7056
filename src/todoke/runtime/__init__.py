"""運転: whether this installation works as usual, only shows, or is held because it is a restored copy."""
