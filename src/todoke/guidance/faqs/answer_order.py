"""Answer order 答えの順位: words and, where there are any, two vectors in one order; and when one answer is enough.

Each score is stretched to 0 to 1 over a question's documents, then they are added. Measured on 375 questions of a city
(``./todoke bench guidance``): the first answer is right in 58 of 100 cases, so the page shows several and opens the
first only where words and both vectors name the same answer and the question is nearly the same: 94 of 100 right.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from todoke.guidance.faqs.bm25 import best_first

SHOWN = 5
NEARLY_THE_SAME = 0.90
"""The cosine of two questions from which on they are held for the same, where everything else agrees."""


@dataclass(frozen=True)
class RankingWeights:
    """重み: what the cosines with the question, and with question and answer, are worth beside words."""

    question: float = 0.8
    question_and_answer: float = 1.6


WEIGHTS = RankingWeights()


@dataclass(frozen=True)
class Signals:
    """順位の手がかり: for each document its BM25, and the cosines with its two vectors (empty without the extra)."""

    words: Mapping[int, float]
    question: Mapping[int, float]
    question_and_answer: Mapping[int, float]


@dataclass(frozen=True)
class RankedAnswer:
    """順位の付いた答え: a document with its score and what it is made of."""

    document: int
    score: float
    words: float
    cosine: float | None


@dataclass(frozen=True)
class Ranking:
    """答えの順位: best first; ``direct`` where the first is shown opened."""

    answers: Sequence[RankedAnswer]
    direct: bool


def rank(signals: Signals, weights: RankingWeights = WEIGHTS) -> Ranking:
    """Return the order of the documents that have a word of the question or, with vectors, of all of them."""
    vectors = ((signals.question, weights.question), (signals.question_and_answer, weights.question_and_answer))
    scores = dict(signals.words) if not signals.question else dict.fromkeys(signals.question, 0.0)
    if signals.question:
        for part, weight in ((signals.words, 1.0), *vectors):
            for document, value in stretched(part).items():
                scores[document] += weight * value
    answers = [
        RankedAnswer(each, scores[each], signals.words.get(each, 0.0), signals.question.get(each))
        for each in best_first(scores)
    ]
    return Ranking(answers, is_direct(signals))


def stretched(values: Mapping[int, float]) -> dict[int, float]:
    """Return the values moved to 0 to 1, the least being 0; what is not named counts as 0 too."""
    if not values:
        return {}
    low, high = min(values.values()), max(values.values())
    if high == low:
        return dict.fromkeys(values, 1.0)
    return {each: (value - low) / (high - low) for each, value in values.items()}


def is_direct(signals: Signals) -> bool:
    """Whether words and both vectors name one and the same document, whose question is nearly the same."""
    tops = {_top(part) for part in (signals.words, signals.question, signals.question_and_answer)}
    (top, *others) = tops
    return top is not None and not others and signals.question[top] >= NEARLY_THE_SAME


def _top(values: Mapping[int, float]) -> int | None:
    return min(values, key=lambda each: (-values[each], each), default=None)


def without(signals: Signals, documents: Iterable[int]) -> Signals:
    """Return the signals as they are where these documents do not exist (rarity of words kept)."""
    gone = set(documents)
    words, question, both = (
        {each: value for each, value in part.items() if each not in gone}
        for part in (signals.words, signals.question, signals.question_and_answer)
    )
    return Signals(words, question, both)
