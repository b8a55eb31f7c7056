"""Municipalities 市区町村: code, names and the box of each, by the code of six digits."""

import csv
from dataclasses import dataclass
from functools import cache
from pathlib import Path

DATA = Path(__file__).parent / "data" / "municipalities.csv"
MARGIN = 0.01


@dataclass(frozen=True)
class Municipality:
    """団体: a prefecture has no name of its own; ``box`` is west, south, east, north in degrees, None if unknown."""

    code: str
    prefecture: str
    name: str
    box: tuple[float, float, float, float] | None

    def holds(self, latitude: float, longitude: float) -> bool:
        """Whether a place lies in the box, with a margin of a hundredth of a degree; True where no box is known."""
        if self.box is None:
            return True
        west, south, east, north = self.box
        return west - MARGIN <= longitude <= east + MARGIN and south - MARGIN <= latitude <= north + MARGIN


@cache
def municipalities() -> dict[str, Municipality]:
    """Return all municipalities and prefectures by code."""
    with DATA.open(encoding="utf-8", newline="") as file:
        return {row["code"]: _municipality(row) for row in csv.DictReader(file)}


def _municipality(row: dict[str, str]) -> Municipality:
    west, south, east, north = (row[side] for side in ("west", "south", "east", "north"))
    box = (float(west), float(south), float(east), float(north)) if west else None
    return Municipality(row["code"], row["prefecture"], row["name"], box)


def complete_code(written: str) -> str | None:
    """Return the only known code of which ``written`` lost its check digit or its leading zero, None if none or two."""
    if not written.isascii() or not written.isdecimal() or len(written) not in (4, 5):
        return None
    body = written.zfill(5)
    meant = {f"{body}{check_digit(body)}", written.zfill(6)} & municipalities().keys()
    return meant.pop() if len(meant) == 1 else None


def check_digit(body: str) -> int:
    """Return the check digit of the five digits of a code (weights 6 to 2, modulus 11)."""
    total = sum(weight * int(digit) for weight, digit in zip(range(6, 1, -1), body, strict=True))
    return (11 - total % 11) % 10
