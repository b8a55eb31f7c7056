"""Ranking 優先順位: a weighted score of four criteria, and its stability. Pure rules."""

from collections.abc import Sequence
from dataclasses import dataclass, fields
from heapq import nsmallest
from itertools import product

from todoke.runtime.refusals import Refused


@dataclass(frozen=True)
class Weights:
    """重み: the weight of each criterion, not negative; only proportions matter."""

    burden: float = 40
    feasibility: float = 25
    reach: float = 25
    cost: float = 10

    def shares(self) -> tuple[float, float, float, float]:
        """Return the weights normalized to a sum of 1. Raises Refused if one is negative or all are 0."""
        whole = self.burden + self.feasibility + self.reach + self.cost
        if whole <= 0 or min(self.burden, self.feasibility, self.reach, self.cost) < 0:
            raise Refused("重みは0以上で、少なくとも一つは0より大きくしてください。")
        return (self.burden / whole, self.feasibility / whole, self.reach / whole, self.cost / whole)


PARTS = tuple(field.name for field in fields(Weights))


@dataclass(frozen=True)
class RankingInput:
    """One procedure with its four parts, each from 0 (worst) to 100 (best), and why it is not ranked, if so."""

    number: str
    parts: tuple[float, float, float, float]
    exclusion: str = ""


@dataclass(frozen=True)
class RankedProcedure:
    """A ranked procedure: place from 1, score from 0 to 100, and the contribution of each criterion."""

    ranking_input: RankingInput
    place: int
    score: float
    contributions: tuple[float, float, float, float]


def rank(ranking_inputs: Sequence[RankingInput], weights: Weights) -> list[RankedProcedure]:
    """Return procedures by descending score, ties by number, without those excluded (適用除外など)."""
    shares = weights.shares()
    ordered = sorted(
        _included(ranking_inputs), key=lambda ranking_input: (-_score(ranking_input, shares), ranking_input.number)
    )
    return [
        RankedProcedure(ranking_input, place, _score(ranking_input, shares), _contributions(ranking_input, shares))
        for place, ranking_input in enumerate(ordered, 1)
    ]


def stable_top(ranking_inputs: Sequence[RankingInput], weights: Weights, *, top: int, within: float) -> set[str]:
    """Return the numbers ranked in the first ``top`` under all weights varied by ±``within`` (0.2 is 20 %)."""
    base = (weights.burden, weights.feasibility, weights.reach, weights.cost)
    stay: set[str] | None = None
    inside = _included(ranking_inputs)
    for signs in product((1 - within, 1.0, 1 + within), repeat=len(base)):
        shares = Weights(*(weight * sign for weight, sign in zip(base, signs, strict=True))).shares()
        scores = ((-_score(ranking_input, shares), ranking_input.number) for ranking_input in inside)
        first = {number for _, number in nsmallest(top, scores)}
        stay = first if stay is None else stay & first
    return stay or set()


def _included(ranking_inputs: Sequence[RankingInput]) -> list[RankingInput]:
    return [ranking_input for ranking_input in ranking_inputs if not ranking_input.exclusion]


def _score(ranking_input: RankingInput, shares: tuple[float, float, float, float]) -> float:
    burden, feasibility, reach, cost = ranking_input.parts
    return burden * shares[0] + feasibility * shares[1] + reach * shares[2] + cost * shares[3]


def _contributions(
    ranking_input: RankingInput, shares: tuple[float, float, float, float]
) -> tuple[float, float, float, float]:
    one, two, three, four = (part * share for part, share in zip(ranking_input.parts, shares, strict=True))
    return (one, two, three, four)
