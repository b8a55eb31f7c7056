"""Canaries 目印: unique texts that one matter's people type, by which its data is recognised wherever it appears."""

import re
from dataclasses import dataclass

CANARY = re.compile(r"zq(\d{2})n\d{4}z")


@dataclass
class Matter:
    """一件: one person's business; every text about it carries a canary of its own with the matter's number."""

    number: int
    made: int = 0

    def canary(self) -> str:
        """Return a new canary of this matter."""
        self.made += 1
        return f"zq{self.number:02}n{self.made:04}z"


def canaries_in(text: str) -> set[str]:
    """Return the canaries of all matters in a text."""
    return {found.group(0) for found in CANARY.finditer(text)}


def matter_of(canary: str) -> int:
    """Return the number of the matter that a canary belongs to. Raises ValueError for any other text."""
    found = CANARY.fullmatch(canary)
    if found is None:
        raise ValueError(canary)
    return int(found.group(1))
