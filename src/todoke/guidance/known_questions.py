"""Known questions 聞き方: which procedure or place a sentence asks for, by the content words of the ways people ask."""

from collections.abc import Mapping
from functools import lru_cache

from sudachipy import Morpheme

from todoke.guidance.faqs.bm25 import best_first
from todoke.guidance.faqs.memory_index import FaqText, MemoryIndex
from todoke.guidance.shipped_data import shipped
from todoke.japanese.content_words import content_words
from todoke.japanese.search_tokens import morphemes

MOST = 3
LIKE_THE_BEST = 0.6
"""What is worth less than this part of the best is not meant."""
LEAST = 0.3
"""The part of a sentence, its rare words counting more, that must be known."""
UNKNOWN = 0.5
"""What a word counts that nobody asked with: names of people and things stand in everyday sentences."""
_SILENT = frozenset(shipped("silent_words"))
Asked = tuple[str, str, str, str, str]
"""Title, its names in three languages, and the ways people ask."""


def general_places(text: str) -> str:
    """Return a text with each foreign country as 外国 and each other place but Japan as 地名."""
    return "".join(map(_general, morphemes(text)))


def _general(word: Morpheme) -> str:
    part = word.part_of_speech()
    if part[2] != "地名" or word.normalized_form() == "日本":
        return str(word.surface())
    return "外国" if part[3] == "国" else "地名"


class KnownQuestions:
    """聞き方の索引: titles of procedures and places by what people say when they need them."""

    def __init__(self, rows: tuple[Asked, ...]) -> None:
        self._titles = [row[0] for row in rows if row[4]]
        texts = [FaqText(" ".join(row[1:4]), row[0], general_places(row[4])) for row in rows if row[4]]
        self._index = MemoryIndex(texts)

    def meant(self, sentence: str) -> Mapping[str, float]:
        """Return up to three titles, best first, with the part of the sentence (0 to 1) that each of them knows."""
        words = [word for word in dict.fromkeys(content_words(general_places(sentence))) if word not in _SILENT]
        scores = self._index.signals(" ".join(words)).words
        whole = sum(self._index.rarity(word) * (1.0 if self._index.holds(word) else UNKNOWN) for word in words)
        found = best_first(scores)[:MOST]
        known = {place: self._index.known_part(words, place) / whole for place in found} if whole else {}
        return {
            self._titles[place]: known[place]
            for place in found
            if scores[place] >= LIKE_THE_BEST * scores[found[0]] and known[place] >= LEAST
        }


@lru_cache(maxsize=4)
def known_questions(rows: tuple[Asked, ...]) -> KnownQuestions:
    """Return the index of these rows, made once for each state of the vocabulary."""
    return KnownQuestions(rows)
