"""Search tokens 語: tokens of Japanese texts and queries for full-text search, the same for FTS5 and tsvector."""

import re
import threading
import unicodedata
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from functools import cache, lru_cache

from sudachipy import Dictionary, Morpheme, SplitMode, Tokenizer

_SILENT = {"助詞", "助動詞", "補助記号", "空白"}
_OF_NOUNS = {"名詞", "接頭辞", "接尾辞", "形状詞"}
READING = "yomi"
"""The beginning of a token that holds the reading of a compound noun."""
_TO_HIRAGANA = {code: code - 0x60 for code in range(ord("ァ"), ord("ヶ") + 1)}
_RUN = re.compile(r"(?P<latin>[a-z0-9]+)|(?P<japanese>(?:(?![a-z0-9_])\w)+)")
_local = threading.local()


@dataclass(frozen=True)
class QueryTerm:
    """One word of a query: matched by its letters, or by its meanings."""

    letters: tuple[str, ...]
    """Tokens that must all match; one that ends in ``*`` is a prefix."""
    meanings: tuple[tuple[str, ...], ...]
    """For each morpheme the tokens of which one must match: its normalised form and its synonym groups."""


@cache
def _dictionary() -> Dictionary:
    return Dictionary(dict="small")


def _tokenizer() -> Tokenizer:
    if not hasattr(_local, "tokenizer"):
        _local.tokenizer = _dictionary().tokenizer(mode=SplitMode.A)
    tokenizer: Tokenizer = _local.tokenizer
    return tokenizer


def fold(text: str) -> str:
    """Return a text with width, case and kana folded, for the index only. Never store the result as a name."""
    return unicodedata.normalize("NFKC", text).casefold().translate(_TO_HIRAGANA)


def _runs(folded: str) -> Iterator[tuple[bool, str]]:
    """Yield runs of letters, and whether a run is Latin, which is not cut into bigrams."""
    for found in _RUN.finditer(folded):
        yield found.lastgroup == "latin", found.group()


@cache
def _silent() -> Callable[[Morpheme], bool]:
    """Return a matcher for parts of speech that are not indexed."""
    return part_matcher(_SILENT)


def part_matcher(parts: Collection[str]) -> Callable[[Morpheme], bool]:
    """Return a test whether a morpheme is one of these parts of speech (品詞)."""
    matcher: Callable[[Morpheme], bool] = _dictionary().pos_matcher(lambda part: part[0] in parts)
    return matcher


@lru_cache(maxsize=100_000)
def _form(normalized: str) -> str:
    return "".join(run for _, run in _runs(fold(normalized)))


def morphemes(text: str) -> Iterator[Morpheme]:
    """Yield the morphemes of the first 10,000 characters of a text (Sudachi)."""
    yield from _tokenizer().tokenize(text[:10_000])


def _meanings(text: str) -> Iterator[tuple[str, ...]]:
    silent = _silent()
    for word in morphemes(text):
        if not silent(word) and (form := _form(word.normalized_form())):
            yield (form, *(f"syn{group}" for group in word.synonym_group_ids()))


def _readings(text: str) -> Iterator[str]:
    """Yield the reading of each compound noun in hiragana, marked so that it equals no other token."""
    reading = ""
    for word in morphemes(text):
        if word.part_of_speech()[0] in _OF_NOUNS:
            reading += fold(word.reading_form())
        elif reading:
            yield READING + reading
            reading = ""
    if reading:
        yield READING + reading


@lru_cache(maxsize=10_000)
def _line(text: str) -> tuple[str, ...]:
    found: dict[str, None] = {}
    for latin, run in _runs(fold(text)):
        for token in [run] if latin else [run[at : at + 2] for at in range(len(run))]:
            found[token] = None
    for meaning in _meanings(text):
        for token in meaning:
            found[token] = None
    for reading in _readings(text):
        found[reading] = None
    return tuple(found)


def index_tokens(text: str) -> list[str]:
    """Return the index tokens of a text: bigrams, last letters, normalised words, synonym groups,
    readings of compound nouns.

    Lines are tokenised one by one and cached, because thousands of procedures share the name of their law.
    """
    return list(dict.fromkeys(token for line in text.splitlines() for token in _line(line)))


def nouns(text: str) -> list[tuple[str, ...]]:
    """Return the compound nouns of a text in their order, each as its folded morphemes (犬, 登録)."""
    found: list[list[str]] = [[]]
    for word in morphemes(text):
        if word.part_of_speech()[0] in _OF_NOUNS:
            found[-1].append(fold(word.surface()))
        elif found[-1]:
            found.append([])
    return [tuple(noun) for noun in found if noun]


def query_terms(query: str) -> list[QueryTerm]:
    """Parse a search query of at most ten words, separated by white space of any width."""
    return [term for word in unicodedata.normalize("NFKC", query).split()[:10] if (term := _term(word[:100])).letters]


def letter_tokens(word: str) -> tuple[str, ...]:
    """Return the tokens of which a text that holds a word has every one; a single letter is a prefix (犬*)."""
    tokens: list[str] = []
    for latin, run in _runs(fold(word)):
        if latin or len(run) == 1:
            tokens.append(f"{run}*")
        else:
            tokens += [run[at : at + 2] for at in range(len(run) - 1)]
    return tuple(tokens)


def _term(word: str) -> QueryTerm:
    return QueryTerm(letter_tokens(word), tuple(_meanings(word)))
