"""Relevance 関連度: how well a title answers what was typed, and the order of what was found. Pure rules.

A title fulfils a concept by the best of the ways to say it. What a word is worth grows with the part of the title that
it covers, so that a short word does not win in a long legal name; equal titles are told apart by how often the
procedure is used (件数).
"""

import math
import re
from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TypeVar

from todoke.japanese.search_tokens import READING, fold, index_tokens

LIKE_THE_BEST = 0.5
"""What fits less than this part of the best is not among the hits."""
LEADS = 0.2
"""What it adds to be the best hit of one of the senses."""
BESIDE = 0.5
"""What a hit is worth that answers none of the synonyms found, where another does: 子ども in 子どもを保育園に."""
SENTENCE = 0.8
"""What the ways people ask count beside words, where a sentence is wholly known."""
FIRST = 3
"""How many hits are looked at before the next ones."""
HALF_KNOWN = 0.5
"""The part of a sentence that must be known for what people ask to have a place among the first."""
Row = TypeVar("Row", bound=Hashable)
_PARTICLES = re.compile(r"[のにをはがへと・、,\s]")
_PARENTHESES = re.compile(r"\([^()]*\)")
_KANJI = re.compile(r"[一-鿿々]")


@dataclass(frozen=True)
class Sense:
    """言い方: one way to say a concept: folded words that must all stand in a title, or a reading (読み).

    ``weight`` (0 to 1) is what the way is worth: what was typed counts more than a part of it.
    """

    parts: tuple[str, ...]
    weight: float
    reading: bool = False


@dataclass(frozen=True)
class Concept:
    """概念: one thing that was asked for, as typed, and the ways to say it."""

    typed: str
    senses: tuple[Sense, ...]
    known_wording: bool = False
    """Whether it is a synonym that staff wrote: then it is an answer by itself. What was only typed must be there."""


@dataclass(frozen=True)
class Fit:
    """関連度: how well a procedure fulfils a concept, 0 (not at all) to 1, and by which of its senses."""

    value: float
    sense: int


@dataclass(frozen=True)
class _Text:
    """A title prepared for comparison."""

    title: str
    folded: str
    bare: str
    core: int


@lru_cache(maxsize=20_000)
def _prepared(title: str) -> _Text:
    folded = fold(title)
    core = len(_PARENTHESES.sub("", folded)) or len(folded)
    return _Text(title, folded, _PARTICLES.sub("", folded), core)


@lru_cache(maxsize=20_000)
def _readings(title: str) -> tuple[str, ...]:
    """Return the readings of the words of a title, which only a query in kana asks for."""
    return tuple(token for token in index_tokens(title) if token.startswith(READING))


def fit(concept: Concept, titles: Sequence[str]) -> Fit:
    """Return how well the best of a procedure's titles fulfils a concept."""
    found = [max(_sense_fit(sense, _prepared(title)) for title in titles) for sense in concept.senses]
    best = max(range(len(found)), key=found.__getitem__)
    return Fit(found[best], best)


def fits_any(concepts: Sequence[Concept], titles: Sequence[str]) -> bool:
    """Return whether any of a procedure's titles fulfils any of the concepts."""
    senses = [sense for concept in concepts for sense in concept.senses]
    return any(_sense_fit(sense, _prepared(title)) for title in titles for sense in senses)


def _sense_fit(sense: Sense, text: _Text) -> float:
    if sense.reading:
        return sense.weight * 0.8 if any(r.startswith(READING + sense.parts[0]) for r in _readings(text.title)) else 0.0
    begins = True
    for part in sense.parts:
        place = _place(part, text)
        if place < 0:
            return 0.0
        begins = begins and _begins_word(place, text.folded)
    cover = min(sum(map(len, sense.parts)) / text.core, 1.0)
    return sense.weight * (0.55 + 0.25 * cover + 0.2 * begins)


def _place(word: str, text: _Text) -> int:
    """Return where a word stands in a title, particles left out of account; -1 where it does not."""
    if word.isascii():
        found = re.search(rf"\b{re.escape(word)}", text.folded)
        return found.start() if found else -1
    place = text.folded.find(word)
    return place if place >= 0 else (0 if word in text.bare else -1)


def _begins_word(place: int, folded: str) -> bool:
    """Tell whether a word of its own begins there, not the inner part of a compound (介護 in 要介護認定)."""
    return place == 0 or not _KANJI.match(folded[place - 1])


def demand(count: int | None) -> float:
    """Return what the yearly number of cases adds: 0 to about 0.4, by its order of magnitude."""
    return 0.05 * math.log10(1 + (count or 0))


def known(concepts: Sequence[Concept], fits: Sequence[Sequence[Fit]]) -> list[bool]:
    """Return for each concept whether any row fulfils it."""
    return [any(row[place].value for row in fits) for place in range(len(concepts))]


def order(concepts: Sequence[Concept], fits: Sequence[Sequence[Fit]], extras: Sequence[float]) -> list[int]:
    """Return the places of the hits, best first; ``fits`` by row and concept, ``extras`` (demand, online) by row.

    A hit answers a synonym, or holds everything else that was typed and that any title holds. The best hit of each
    sense leads, so that what belongs together (転入, 転出, 転居) stands together.
    """
    needed = [place for place, found in enumerate(known(concepts, fits)) if found and not concepts[place].known_wording]
    sums = [sum(each.value for each in row) for row in fits]
    least = LIKE_THE_BEST * max(sums, default=0.0)
    answered = [place for place, concept in enumerate(concepts) if concept.known_wording]
    direct = [any(row[place].value for place in answered) for row in fits]
    scores = {
        place: (sums[place] + extras[place]) * (1.0 if direct[place] or not any(direct) else BESIDE)
        for place, row in enumerate(fits)
        if sums[place] >= least > 0 and _answers(concepts, row, needed)
    }
    leaders = _leaders(fits, scores)
    return sorted(scores, key=lambda place: (-scores[place] - LEADS * (place in leaders), place))


def merged(by_words: Sequence[Row], asked: Sequence[Row], known: float) -> list[Row]:
    """Return two orders as one by the sum of 1 ÷ (1 + place): hits by words, and by the ways people ask.

    What people ask counts the more, the larger the ``known`` part of the sentence is; equal sums keep the first order.
    The best hit of either stands among the first ``FIRST``, so that many hits of one way never hide the other: by what
    people ask only where half of the sentence is known.
    """
    scores: dict[Row, float] = {}
    for rows, weight in ((by_words, 1.0), (asked, SENTENCE * known)):
        for place, row in enumerate(rows, start=1):
            scores[row] = scores.get(row, 0.0) + weight / (1 + place)
    order = sorted(scores, key=lambda row: -scores[row])
    best = [*by_words[:1], *(asked[:1] if known >= HALF_KNOWN else ())]
    late = [row for row in order[FIRST:] if row in best]
    others = [row for row in order[:FIRST] if row not in best]
    yielding = others[len(others) - len(late) :] if late else []
    first = [*(row for row in order[:FIRST] if row not in yielding), *late]
    return [*first, *yielding, *(row for row in order[FIRST:] if row not in late)]


def _answers(concepts: Sequence[Concept], row: Sequence[Fit], needed: Sequence[int]) -> bool:
    if any(each.value and concept.known_wording for concept, each in zip(concepts, row, strict=True)):
        return True
    return bool(needed) and all(row[place].value for place in needed)


def _leaders(fits: Sequence[Sequence[Fit]], scores: Mapping[int, float]) -> set[int]:
    """Return the best row of each sense of each concept."""
    best: dict[tuple[int, int], int] = {}
    for place, score in scores.items():
        for concept, each in enumerate(fits[place]):
            key = (concept, each.sense)
            if each.value and (key not in best or scores[best[key]] < score):
                best[key] = place
    return set(best.values())
