"""Synonyms 言い換えの理解: from what people type to concepts, in the office's words."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from todoke.guidance.models import search_key
from todoke.guidance.relevance import Concept, Sense
from todoke.guidance.shipped_data import shipped
from todoke.japanese.furigana import ruby_pairs
from todoke.japanese.search_tokens import nouns

PART = 0.35
"""What a title is worth that holds the parts of a compound noun at different places."""
SPOKEN = 3
"""Letters from which on a reading is told from other words; beside another part one less will do."""
_GAP = r".{0,6}?"
_WORDS_BETWEEN = r".{0,24}?"
_HIRAGANA = re.compile("[ぁ-ゖー]+")
_INNER = r"[一-鿿々]"
_STEM = re.compile(r"(.{2,}?)(届出書?|届け?|申請書?|申込書?|申し込み|手続き?|請求書?)")
_KANA = re.compile(r"[ぁ-ゖー]{3,}")
_POLITE = re.compile(r"(あり|でき|い|[えけせてねべめれげ一-鿿])ません(?:でした)?")
_PLAIN = {"あり": "ない"}
_POLITE_VERB = re.compile(r"([えけげせてでねべめれ])ま(?:(した)|す)")
"""Polite verbs of one row (生まれました): their plain form is sure, that of 死にました or 行きます is not."""
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

    Latin words begin and end as words (plurals and forms of verbs count) with a few words between them, a single
    letter stands alone (車, not 駐車場), and a word of kanji is also known by its reading, where that begins a word.
    """
    parts = plain_style(search_key(said)).split()
    gap = _WORDS_BETWEEN if said.isascii() else _GAP
    return re.compile(gap.join(_part_pattern(part, SPOKEN - (len(parts) > 1)) for part in parts))


def _part_pattern(part: str, spoken: int) -> str:
    if part.isascii():
        stem, endings = (part[:-1], "e|es|ed|ing") if part.endswith("e") else (part, "s|es|ed|ing|")
        return rf"\b{re.escape(stem)}(?:{endings})\b"
    written = rf"(?<!{_INNER}){part}(?!{_INNER})" if len(part) == 1 else _spaced(part)
    read = "".join(sound or piece for piece, sound in ruby_pairs(part))
    if read == part or len(read) < spoken or not _HIRAGANA.fullmatch(read):
        return written
    return rf"(?:{written}|(?<![ぁ-ゖー]){_spaced(read)})"


def _spaced(word: str) -> str:
    return r"\s?".join(map(re.escape, word))


def plain_style(text: str) -> str:
    """Return a sentence in the plain form of the words: お金がない for お金がありません, 生まれた for 生まれました."""
    negated = _POLITE.sub(lambda found: _PLAIN.get(found[1], f"{found[1]}ない"), text)
    return _POLITE_VERB.sub(lambda found: f"{found[1]}{'た' if found[2] else 'る'}", negated)


def typed_key(typed: str) -> str:
    """Return what was typed as it is compared with words: folded, of one style, cut."""
    return plain_style(" ".join(search_key(typed).split()))[:100]


def translate(typed: str, wordings: Iterable[tuple[str, str]]) -> Interpretation:
    """Replace known synonyms in a sentence, without overlap; what is left counts as typed.

    Those of several parts (仕事 なくな) come before those of one (なくなりました), then the longest.
    """
    rest, meant, concepts = typed_key(typed), list[str](), list[Concept]()
    for said, means in sorted(wordings, key=lambda pair: (" " not in pair[0] or pair[0].isascii(), -len(pair[0]))):
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
