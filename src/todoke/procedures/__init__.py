"""手続: the inventory, its reviews, and what residents can apply for."""
