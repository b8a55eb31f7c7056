"""Spelling 書き方: where a text spells a term of a body otherwise than the body does. Pure; nothing is changed here."""

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

KANJI = re.compile(r"[一-龥々]")


@dataclass(frozen=True)
class SpellingProposal:
    """書き方の提案: what is found in a text, how the body writes it, and at how many places."""

    found: str
    written: str
    places: int


class SpellingTable:
    """書き方の表: the terms of a body by their other spellings.

    A term stands for itself, so that none is changed inside a longer one; of two spellings at one place the longer one
    counts. A spelling that the term begins with is left alone before a further character of the word (申込 in 申込書).
    """

    def __init__(self, terms: Mapping[str, str]) -> None:
        self._terms = {other: term for other, term in terms.items() if other != term}
        known = sorted({*self._terms, *terms.values()}, key=lambda each: (-len(each), each))
        self._known = re.compile("|".join(map(re.escape, known))) if self._terms else None

    def proposals(self, text: str) -> list[SpellingProposal]:
        """Return what could be spelled as the body does, each spelling once."""
        found = Counter(match[0] for match in self._matches(text))
        return [SpellingProposal(other, self._terms[other], places) for other, places in found.items()]

    def respelled(self, text: str, only: str = "") -> str:
        """Return a text as the body spells it; ``only`` names one other spelling."""
        made, at = [], 0
        for match in self._matches(text):
            if not only or match[0] == only:
                made += [text[at : match.start()], self._terms[match[0]]]
                at = match.end()
        return "".join([*made, text[at:]])

    def _matches(self, text: str) -> list[re.Match[str]]:
        if self._known is None:
            return []
        return [match for match in self._known.finditer(text) if self._is_other(match, text)]

    def _is_other(self, match: re.Match[str], text: str) -> bool:
        term = self._terms.get(match[0])
        if term is None:
            return False
        return not (term.startswith(match[0]) and KANJI.match(text, match.end()))
