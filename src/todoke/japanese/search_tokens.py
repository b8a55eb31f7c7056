"""Search tokens 語: tokens of Japanese texts and queries for full-text search, the same for FTS5 and tsvector."""

import re
import threading
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache, lru_cache

from sudachipy import Dictionary, Morpheme, SplitMode, Tokenizer

_SILENT = {"助詞", "助動詞", "補助記号", "空白"}
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
    matcher: Callable[[Morpheme], bool] = _dictionary().pos_matcher(lambda part: part[0] in _SILENT)
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


@lru_cache(maxsize=10_000)
def _line(text: str) -> tuple[str, ...]:
    found: dict[str, None] = {}
    for latin, run in _runs(fold(text)):
        for token in [run] if latin else [run[at : at + 2] for at in range(len(run))]:
            found[token] = None
    for meaning in _meanings(text):
        for token in meaning:
            found[token] = None
    return tuple(found)


def index_tokens(text: str) -> list[str]:
    """Return the index tokens of a text: bigrams, last letters, normalised words, synonym groups.

    Lines are tokenised one by one and cached, because thousands of procedures share the name of their law.
    """
    return list(dict.fromkeys(token for line in text.splitlines() for token in _line(line)))


def query_terms(query: str) -> list[QueryTerm]:
    """Parse a search query of at most ten words, separated by white space of any width."""
    return [term for word in unicodedata.normalize("NFKC", query).split()[:10] if (term := _term(word[:100])).letters]


def _term(word: str) -> QueryTerm:
    letters: list[str] = []
    for latin, run in _runs(fold(word)):
        if latin or len(run) == 1:
            letters.append(f"{run}*")
        else:
            letters += [run[at : at + 2] for at in range(len(run) - 1)]
    return QueryTerm(tuple(letters), tuple(_meanings(word)))
