"""Sentence classifier 文の判定: a linear model that says what a sentence leaves behind after the meeting, and why."""

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from hashlib import sha256
from pathlib import Path

KINDS = ("none", "decision", "commitment", "request", "continued")
"""What a sentence may hold, in the order of the weights; ``none`` is nothing."""
SHIPPED = Path(__file__).with_name("sentence_weights.tsv")
SCALE = 100
"""Weights are written as whole numbers of hundredths."""


@dataclass(frozen=True)
class SentenceVerdict:
    """判定: the kind of a sentence ("" is nothing), its probability, and the features that spoke most for it."""

    kind: str
    probability: float
    reasons: tuple[tuple[str, float], ...] = ()


@dataclass(frozen=True)
class SentenceClassifier:
    """文の判定器: weights by feature, one for each of ``KINDS``, and the probability from which a kind is proposed."""

    weights: Mapping[str, tuple[float, ...]]
    threshold: float = 0.5

    def probabilities(self, features: Iterable[str]) -> tuple[float, ...]:
        """Return the probability of each of ``KINDS``; they sum to 1."""
        sums = list(self.weights.get("", (0.0,) * len(KINDS)))
        for each in features:
            if weights := self.weights.get(each):
                for i, weight in enumerate(weights):
                    sums[i] += weight
        top = max(sums)
        powers = [math.exp(each - top) for each in sums]
        whole = sum(powers)
        return tuple(each / whole for each in powers)

    def verdict(self, features: Iterable[str], *, reasons: int = 0) -> SentenceVerdict:
        """Return the kind of a sentence with these features, with so many of its strongest reasons."""
        held = frozenset(features)
        probabilities = self.probabilities(held)
        best = max(range(1, len(KINDS)), key=lambda i: probabilities[i])
        if 1 - probabilities[0] < self.threshold:
            return SentenceVerdict("", probabilities[0])
        return SentenceVerdict(KINDS[best], 1 - probabilities[0], self._reasons(held, best, reasons))

    def _reasons(self, features: frozenset[str], kind: int, most: int) -> tuple[tuple[str, float], ...]:
        spoken = ((each, self.weights[each]) for each in features if each in self.weights)
        shares = [(each, round(weights[kind] - weights[0], 3)) for each, weights in spoken]
        return tuple(sorted((each for each in shares if each[1] > 0), key=lambda each: (-each[1], each[0]))[:most])

    def as_text(self) -> str:
        """Return the weights as lines of feature and whole numbers; the first line holds the threshold."""
        lines = [f"threshold\t{round(self.threshold * SCALE)}"]
        for name in sorted(self.weights):
            lines.append("\t".join([name, *(str(round(each * SCALE)) for each in self.weights[name])]))
        return "\n".join(lines) + "\n"

    @cached_property
    def digest(self) -> str:
        """The SHA-256 of the written weights, by which a version is named."""
        return sha256(self.as_text().encode()).hexdigest()

    @classmethod
    def from_text(cls, text: str) -> "SentenceClassifier":
        """Return the classifier of written weights. Raises ValueError for other text."""
        first, *rest = text.rstrip("\n").split("\n")
        name, threshold = first.split("\t")
        rows = [line.split("\t") for line in rest]
        if name != "threshold" or any(len(row) != len(KINDS) + 1 for row in rows):
            raise ValueError("not the weights of a sentence classifier")
        return cls({row[0]: tuple(int(each) / SCALE for each in row[1:]) for row in rows}, int(threshold) / SCALE)


@cache
def shipped_classifier() -> SentenceClassifier:
    """Return the classifier that the program comes with."""
    return SentenceClassifier.from_text(SHIPPED.read_text(encoding="utf-8"))
