"""Standard sets 推奨データセット: columns of the 14 recommended data sets, and the headers that mean them."""

import json
import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

DATA = Path(__file__).parent / "data" / "standard_sets.json"
RECOGNISED = 0.9
_DASHES = str.maketrans(dict.fromkeys("‐‑‒–—―−－─━ｰ", "ー"))


@dataclass(frozen=True)
class StandardColumn:
    """標準の列: name, kind of value, and whether each record needs one."""

    name: str
    kind: str
    required: bool = False


@cache
def standard_sets() -> dict[str, dict[str, StandardColumn]]:
    """Return the columns of each set by name."""
    read = json.loads(DATA.read_text(encoding="utf-8"))
    return {title: {row["name"]: StandardColumn(**row) for row in rows} for title, rows in read.items()}


@cache
def _by_spelling() -> tuple[dict[str, str], dict[str, str]]:
    names = {name for columns in standard_sets().values() for name in columns}
    return {_spelling(name): name for name in names}, {_shape(name): name for name in names}


def _spelling(header: str) -> str:
    """Return a header with widths and marks of abbreviation folded: No., № and ＮＯ are one."""
    return re.sub(r"[\s.]", "", unicodedata.normalize("NFKC", header)).upper()


def _shape(header: str) -> str:
    """Return what a header looks like: any dash as the long vowel mark."""
    return _spelling(header).translate(_DASHES).replace("-", "ー")


def is_standard(header: str) -> bool:
    """Whether a header is the name of a column of any set."""
    return any(header in columns for columns in standard_sets().values())


def meant_by_spelling(header: str) -> str | None:
    """Return the standard name of which a header is a spelling variant (№, full-width brackets), None if none."""
    return None if is_standard(header) else _by_spelling()[0].get(_spelling(header))


def meant_by_shape(header: str) -> str | None:
    """Return the standard name that a header looks like but for a dash, None if none."""
    return None if is_standard(header) else _by_spelling()[1].get(_shape(header))


def standard_name(header: str) -> str:
    """Return the standard name that a header is or means; the trimmed header if none."""
    trimmed = header.strip()
    return meant_by_spelling(trimmed) or meant_by_shape(trimmed) or trimmed


def recognise(headers: Sequence[str]) -> str | None:
    """Return the title of the set of which at least nine columns in ten are there; the fullest, None if none."""
    here = {standard_name(header) for header in headers}
    shares = {title: sum(name in here for name in columns) / len(columns) for title, columns in standard_sets().items()}
    best = max(shares, key=lambda title: shares[title])
    return best if shares[best] >= RECOGNISED else None
