"""Heading guesses 見出しの見込み: which of several meanings a heading likely has, by its words. Pure."""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from difflib import SequenceMatcher

from todoke.japanese.search_tokens import fold

ALIKE = 0.75


def heading_key(text: str) -> str:
    """Return a heading folded for comparing: width, case, kana, and no signs or blanks."""
    return re.sub(r"[\W_]", "", fold(unicodedata.normalize("NFKC", text)))


def guess_headings(headings: Sequence[str], words: Mapping[str, frozenset[str]]) -> dict[str, str]:
    """Return a likely meaning of each heading; "" where none is likely. No meaning is given twice.

    ``words`` holds the keys of the headings that a meaning goes by, the first meaning first among equals.
    """
    found, used = dict.fromkeys(headings, ""), set[str]()
    for least in (1.0, ALIKE):
        for heading in headings:
            if found[heading] or not (key := heading_key(heading)):
                continue
            scored = ((_likeness(key, words[name]), -at, name) for at, name in enumerate(words))
            score, _, name = max((one for one in scored if one[2] not in used), default=(0.0, 0, ""))
            if score >= least:
                found[heading] = name
                used.add(name)
    return found


def _likeness(key: str, words: frozenset[str]) -> float:
    return max((1.0 if key == word else SequenceMatcher(None, key, word).ratio() for word in words), default=0.0)
