"""Variants 異体字: a name is found whichever way its characters are written; what is kept as a name keeps them all."""

from collections.abc import Mapping
from functools import cache
from pathlib import Path

from todoke.japanese.search_tokens import fold

TABLE = Path(__file__).parent / "data" / "variants.txt"
SELECTORS = (*range(0xFE00, 0xFE10), *range(0xE0100, 0xE01F0))


@cache
def _table() -> Mapping[int, str | None]:
    """Read the table: each line begins with the character for which the others of the line are variants."""
    lines = TABLE.read_text(encoding="utf-8").splitlines()
    variants = {ord(other): line[0] for line in lines for other in line[1:]}
    return dict.fromkeys(SELECTORS) | variants


def sought(name: str) -> str:
    """Return a name as it is looked for: width, case, kana, blanks and variants do not count. Never shown or kept
    as a name; 髙橋 and 高橋 give the same, 斎藤 and 斉藤 do not, for the table holds them for two names.
    """
    return "".join(fold(name).translate(_table()).split())
