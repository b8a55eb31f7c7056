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


_ALIKE = (("斎", "斉"),)
"""Characters that the table has as two, because they are two names, but that people say and hear as one."""


def alike_names(name: str) -> list[str]:
    """Return a name as it is and with each character that is heard alike: 斎藤 also as 斉藤. For search only."""
    found = [name_key(name)]
    for one, other in _ALIKE:
        found += [each.replace(a, b) for each in found for a, b in ((one, other), (other, one)) if a in each]
    return list(dict.fromkeys(found))
