"""Variants 異体字: maps variant characters of names to one form, for search only."""

from collections.abc import Mapping
from functools import cache
from pathlib import Path

from todoke.japanese.search_tokens import fold

TABLE = Path(__file__).parent / "data" / "variants.txt"
SELECTORS = (*range(0xFE00, 0xFE10), *range(0xE0100, 0xE01F0))


@cache
def _table() -> Mapping[int, str | None]:
    """Parse the table: each line begins with the character of which the others are variants."""
    lines = TABLE.read_text(encoding="utf-8").splitlines()
    variants = {ord(other): line[0] for line in lines for other in line[1:]}
    return dict.fromkeys(SELECTORS) | variants


def name_key(name: str) -> str:
    """Return the search key of a name: width, case, kana, blanks and variants are folded. Never shown or stored as a
    name; 髙橋 and 高橋 give the same key, 斎藤 and 斉藤 do not, because the table has them as two names.
    """
    return "".join(fold(name).translate(_table()).split())
