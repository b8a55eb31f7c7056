"""Synonyms 言い換えの理解: from what people type to concepts, in the office's words."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from todoke.guidance.models import search_key
from todoke.guidance.relevance import Concept, Sense
from todoke.guidance.shipped_data import shipped
from todoke.japanese.search_tokens import nouns

PART = 0.35
"""What a title is worth that holds the parts of a compound noun at different places."""
_GAP = r".{0,6}?"
_INNER = r"[一-鿿々]"
_STEM = re.compile(r"(.{2,}?)(届出書?|届け?|申請書?|申込書?|申し込み|手続き?|請求書?)")
_KANA = re.compile(r"[ぁ-ゖー]{3,}")
_SILENT = frozenset(shipped("silent_words"))
"""Words that tell nothing about what is sought: 手続, 方法, please."""


@dataclass(frozen=True)
class Interpretation:
    """The input, the words it was interpreted as (言い換え), most specific first, and its concepts."""

    typed: str
    meant: tuple[str, ...]
    concepts: tuple[Concept, ...]


@lru_cache(maxsize=5_000)
def said_pattern(said: str) -> re.Pattern[str]:
    """Return the pattern of a wording: blanks inside a word may be typed, parts may stand a few letters apart.

    Latin words begin and end as words (an English plural counts), a single letter stands alone (車, not 駐車場).
    """
    return re.compile(_GAP.join(_part_pattern(part) for part in search_key(said).split()))


def _part_pattern(part: str) -> str:
    if part.isascii():
        return rf"\b{re.escape(part)}(?:s|es)?\b"
    if len(part) == 1:
        return rf"(?<!{_INNER}){part}(?!{_INNER})"
    return r"\s?".join(map(re.escape, part))


def translate(typed: str, wordings: Iterable[tuple[str, str]]) -> Interpretation:
    """Replace known synonyms in a sentence, longest first, without overlap; what is left counts as typed."""
    rest, meant, concepts = " ".join(search_key(typed).split())[:100], list[str](), list[Concept]()
    for said, means in sorted(wordings, key=lambda pair: -len(pair[0])):
        pattern = said_pattern(said)
        if pattern.search(rest):
            rest = pattern.sub("\n", rest)
            words = means.split()
            meant += [word for word in words if word not in meant]
            concepts.append(Concept(said, _synonym_senses(said, words), known_wording=True))
    left = [concept for run in rest.split() for concept in _typed_concepts(run)]
    telling = [concept for concept in left if concept.typed not in _SILENT and len(concept.typed) > 1]
    return Interpretation(typed.strip(), tuple(meant), (*concepts, *(telling or ([] if concepts else left))))


def senses_of(words: Iterable[str]) -> tuple[Sense, ...]:
    """Return the ways to say a concept by the office's words, the most important first."""
    return tuple(Sense((search_key(word),), 0.9 * 0.9**place) for place, word in enumerate(words))


def _synonym_senses(said: str, words: Sequence[str]) -> tuple[Sense, ...]:
    """Return the office's words, and what was said itself: worth more where it is long enough to tell something."""
    return (*senses_of(words), Sense(tuple(said.split()), 1.0 if len(said) > 2 else PART))


def _typed_concepts(run: str) -> list[Concept]:
    """Return what a run of letters without blanks asks for: its compound nouns, or its reading."""
    if run.isascii():
        words = [word for word in re.findall(r"[a-z0-9]+", run) if word not in _SILENT]
        return [Concept(word, (Sense((_singular(word),), 1.0),)) for word in words]
    if _KANA.fullmatch(run):
        return [Concept(run, (Sense((run,), 1.0), Sense((run,), 0.9, reading=True)))]
    return [_noun_concept(noun) for noun in nouns(run)]


def _noun_concept(noun: tuple[str, ...]) -> Concept:
    word = "".join(noun)
    senses = [Sense((word,), 1.0)]
    if stem := _STEM.fullmatch(word):
        senses.append(Sense((stem[1],), 0.9))
    if len(noun) > 1 and all(len(part) > 1 for part in noun):
        senses.append(Sense(noun, PART))
    return Concept(word, tuple(senses))


def _singular(word: str) -> str:
    return re.sub(r"(?<=[a-z]{3})(?:ies|es|s)$", "", word)
