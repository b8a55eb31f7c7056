"""Clause difference 案の新旧: which clause became which, and which words were removed and added."""

from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import NamedTuple

from todoke.japanese.search_tokens import morphemes

ALIKE = 0.5


class WordChange(NamedTuple):
    """語の違い: ``kind`` is same, removed or added."""

    kind: str
    text: str


@dataclass(frozen=True)
class ClauseWords:
    """段落の文: a clause with its stable key."""

    key: str
    text: str


Pair = tuple[ClauseWords | None, ClauseWords | None]


def words_of(text: str) -> list[str]:
    """Return the words of a text with everything between them, so that they join to the text again."""
    found = [line for part in text.splitlines(keepends=True) for line in _line(part)]
    return found if "".join(found) == text else list(text)


def _line(text: str) -> list[str]:
    return [word.surface() for word in morphemes(text)]


def word_changes(before: str, after: str) -> list[WordChange]:
    """Return the words of both texts in order, marked as same, removed or added."""
    old, new = words_of(before), words_of(after)
    found: list[WordChange] = []
    for kind, i1, i2, j1, j2 in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if kind == "equal":
            found.append(WordChange("same", "".join(old[i1:i2])))
            continue
        found += [WordChange("removed", "".join(old[i1:i2]))] if i2 > i1 else []
        found += [WordChange("added", "".join(new[j1:j2]))] if j2 > j1 else []
    return found


def matched_clauses(before: Sequence[ClauseWords], after: Sequence[ClauseWords]) -> list[Pair]:
    """Return pairs of clauses in the order of the new text, the removed ones at their old place.

    Clauses are matched by key; those left over by their order and at least half of their words alike.
    """
    new = {each.key: each for each in after}
    partner: dict[str, ClauseWords] = {each.key: new[each.key] for each in before if each.key in new}
    loose = [each for each in after if each.key not in partner]
    for each in before:
        if each.key not in partner and (found := next((other for other in loose if _alike(each, other)), None)):
            partner[each.key] = found
            loose.remove(found)
    old_of = {found.key: each for each in before if (found := partner.get(each.key))}
    pairs: list[Pair] = [(old_of.get(each.key), each) for each in after]
    for gone in (each for each in before if each.key not in partner):
        later = (n for n, (old, _) in enumerate(pairs) if old and before.index(old) > before.index(gone))
        pairs.insert(next(later, len(pairs)), (gone, None))
    return pairs


def _alike(one: ClauseWords, other: ClauseWords) -> bool:
    return SequenceMatcher(None, words_of(one.text), words_of(other.text), autojunk=False).ratio() >= ALIKE
