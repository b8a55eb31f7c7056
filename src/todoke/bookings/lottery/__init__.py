"""Lottery 抽選: a draw that a stranger recomputes: the ranks, and the file that is published. Pure."""
