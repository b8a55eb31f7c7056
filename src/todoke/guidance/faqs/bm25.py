"""BM25 関連度の計算: how well each answer fits the words of a question, by rare words and short texts; pure."""

import math
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import NamedTuple

SATURATION = 1.2
LENGTH = 0.75


class Posting(NamedTuple):
    """語の出現: how often a word stands in a document of so many words."""

    document: int
    term: str
    frequency: int
    length: int


@dataclass(frozen=True)
class CorpusSize:
    """問答の数と平均の長さ: of all documents that are searched."""

    documents: int
    mean_length: float


def bm25_scores(postings: Iterable[Posting], size: CorpusSize) -> dict[int, float]:
    """Return the score of each document that holds a word; sums go by word, so that every database gives equal ones."""
    by_term: dict[str, list[Posting]] = defaultdict(list)
    for posting in postings:
        by_term[posting.term].append(posting)
    scores: dict[int, float] = defaultdict(float)
    for term in sorted(by_term):
        rows = by_term[term]
        worth = rarity(len(rows), size)
        for row in rows:
            scores[row.document] += worth * _weight(row, size.mean_length)
    return dict(scores)


def rarity(holders: int, size: CorpusSize) -> float:
    """Return how much a word tells that so many documents hold."""
    return math.log(1 + (size.documents - holders + 0.5) / (holders + 0.5))


def _weight(row: Posting, mean_length: float) -> float:
    """Return what the number of times a word stands is worth in a text of that length."""
    norm = SATURATION * (1 - LENGTH + LENGTH * row.length / (mean_length or 1.0))
    return row.frequency * (SATURATION + 1) / (row.frequency + norm)


def best_first(scores: Mapping[int, float]) -> list[int]:
    """Return the documents by falling score; equal ones by their number."""
    return sorted(scores, key=lambda document: (-scores[document], document))
