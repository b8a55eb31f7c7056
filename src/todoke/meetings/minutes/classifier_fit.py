"""Classifier fit 判定器の学習: multinomial logistic regression by L-BFGS, in numpy, the same from run to run."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

from todoke.lazy_modules import np
from todoke.meetings.minutes.sentence_classifier import KINDS, SentenceClassifier

if TYPE_CHECKING:
    from numpy.typing import NDArray

Floats: TypeAlias = "NDArray[np.float64]"
Ints: TypeAlias = "NDArray[np.int64]"
MEMORY = 8
"""Steps that L-BFGS remembers."""
SMALLEST = 0.04
"""Weights are written of features whose kinds differ by at least so much, or more until they fit."""
LARGEST = 480_000
"""Bytes of the written weights."""


@dataclass(frozen=True)
class LabelledSentence:
    """学習の文: the features of a sentence, what it holds (one of ``KINDS``), and how much it counts."""

    features: frozenset[str]
    kind: str
    weight: float = 1.0


@dataclass(frozen=True)
class FitSettings:
    """学習の設定: strength of the penalty, fewest sentences of a feature, most steps."""

    penalty: float = 1.0
    fewest: int = 2
    steps: int = 60


class _Problem:
    """Loss and gradient over sentences as lists of feature numbers, both by row and by feature."""

    def __init__(self, rows: Sequence[LabelledSentence], names: Sequence[str], prior: Floats, penalty: float) -> None:
        number = {name: i for i, name in enumerate(names)}
        lists = [sorted(number[each] for each in row.features if each in number) for row in rows]
        self.columns: Ints = np.array([i for found in lists for i in [0, *found]], dtype=np.int64)
        self.owners: Ints = np.repeat(np.arange(len(rows)), [len(found) + 1 for found in lists])
        self.order = np.argsort(self.columns, kind="stable")
        self.wanted = np.array([KINDS.index(row.kind) for row in rows])
        self.counts: Floats = np.array([row.weight for row in rows])
        self.prior, self.penalty, self.size = prior, penalty, len(names)
        self.holds_bias = float(prior.any())
        self.row_starts = np.searchsorted(self.owners, np.arange(len(rows)))
        by_feature = self.columns[self.order]
        self.present, self.feature_starts = np.unique(by_feature, return_index=True)

    def loss(self, flat: Floats) -> tuple[float, Floats]:
        """Return the penalised negative log likelihood and its gradient."""
        weights = flat.reshape(self.size, len(KINDS))
        scores = np.add.reduceat(weights[self.columns], self.row_starts, axis=0)
        scores -= scores.max(axis=1, keepdims=True)
        powers = np.exp(scores)
        chances = powers / powers.sum(axis=1, keepdims=True)
        rows = np.arange(len(self.wanted))
        error = -float((self.counts * np.log(chances[rows, self.wanted] + 1e-300)).sum())
        chances[rows, self.wanted] -= 1
        chances *= self.counts[:, None]
        gradient = np.zeros_like(weights)
        gradient[self.present] = np.add.reduceat(chances[self.owners[self.order]], self.feature_starts, axis=0)
        away = weights - self.prior
        away[0] *= self.holds_bias
        return error + self.penalty / 2 * float((away**2).sum()), (gradient + self.penalty * away).ravel()


def _direction(gradient: Floats, steps: list[tuple[Floats, Floats]]) -> Floats:
    """Return the L-BFGS direction from the remembered steps (two-loop recursion)."""
    away = gradient.copy()
    shares: list[float] = []
    for step, change in reversed(steps):
        share = float(step @ away) / float(step @ change)
        shares.append(share)
        away -= share * change
    if steps:
        step, change = steps[-1]
        away *= float(step @ change) / float(change @ change)
    for (step, change), share in zip(steps, reversed(shares), strict=True):
        away += step * (share - float(change @ away) / float(step @ change))
    return -away


def _minimum(problem: _Problem, start: Floats, most: int) -> Floats:
    at = start
    steps: list[tuple[Floats, Floats]] = []
    value, gradient = problem.loss(at)
    for _ in range(most):
        direction, length = _direction(gradient, steps), 1.0 if steps else 1 / max(1.0, float(np.abs(gradient).max()))
        slope = float(direction @ gradient)
        for _ in range(20):
            after, slopes = problem.loss(at + length * direction)
            if after <= value + 1e-4 * length * slope:
                break
            length /= 2
        else:
            return at
        step, change = length * direction, slopes - gradient
        if value - after < 1e-6 * abs(value):
            return at + step
        if float(step @ change) > 1e-10:
            steps = [*steps, (step, change)][-MEMORY:]
        at, value, gradient = at + step, after, slopes
    return at


def _names(rows: Sequence[LabelledSentence], prior: SentenceClassifier | None, fewest: int) -> list[str]:
    seen = Counter(each for row in rows for each in row.features)
    known = set(prior.weights) - {""} if prior else set()
    return ["", *sorted({name for name, count in seen.items() if count >= fewest} | known)]


def _table(names: Sequence[str], classifier: SentenceClassifier | None) -> Floats:
    """Return the weights of these features as rows, zero where there are none."""
    found = np.zeros((len(names), len(KINDS)))
    if classifier:
        found[:] = [classifier.weights.get(name, (0.0,) * len(KINDS)) for name in names]
    return found


def fit(
    rows: Iterable[LabelledSentence], settings: FitSettings, *, prior: SentenceClassifier | None = None,
    start: SentenceClassifier | None = None, threshold: float = 0.5,
) -> SentenceClassifier:  # fmt: skip
    """Return a classifier fitted to the rows; with a ``prior`` weights are drawn to its own instead of to nothing.

    ``start`` holds weights from which fewer steps lead to the same minimum.
    """
    held = list(rows)
    names = _names(held, prior, settings.fewest)
    drawn_to = _table(names, prior)
    if held:
        problem = _Problem(held, names, drawn_to, settings.penalty)
        first = _table(names, start or prior)
        found = _minimum(problem, first.ravel(), settings.steps).reshape(len(names), len(KINDS))
    else:
        found = drawn_to
    return SentenceClassifier(
        {name: tuple(map(float, weights)) for name, weights in zip(names, found, strict=True)}, threshold
    )


def rounded(classifier: SentenceClassifier, smallest: float) -> SentenceClassifier:
    """Return the classifier as it is written: features whose weights differ by less are left out, the rest rounded."""
    kept = {
        name: weights
        for name, weights in classifier.weights.items()
        if not name or max(weights) - min(weights) >= smallest
    }
    return SentenceClassifier.from_text(SentenceClassifier(kept, classifier.threshold).as_text())


def within_bytes(classifier: SentenceClassifier, smallest: float = SMALLEST, most: int = LARGEST) -> SentenceClassifier:
    """Return the classifier as it is written, with so few features that the text has at most so many bytes."""
    while len((written := rounded(classifier, smallest)).as_text().encode()) > most:
        smallest += 0.02
    return written
