"""Priority 優先順位: which procedures to put online first, from four visible parts and movable weights. Pure rules."""

from collections.abc import Sequence
from dataclasses import dataclass, fields
from heapq import nsmallest
from itertools import product

from todoke.runtime.refusals import Refused


@dataclass(frozen=True)
class Weights:
    """How much each part counts (重み), in any unit; only their proportions matter."""

    burden: float = 40
    feasibility: float = 25
    reach: float = 25
    cost: float = 10

    def shares(self) -> tuple[float, float, float, float]:
        """Return the weights as parts of one. Raises Refused when none is above zero."""
        whole = self.burden + self.feasibility + self.reach + self.cost
        if whole <= 0 or min(self.burden, self.feasibility, self.reach, self.cost) < 0:
            raise Refused("重みは0以上で、少なくとも一つは0より大きくしてください。")
        return (self.burden / whole, self.feasibility / whole, self.reach / whole, self.cost / whole)


PARTS = tuple(field.name for field in fields(Weights))


@dataclass(frozen=True)
class Candidate:
    """One procedure with its four parts, each from 0 (worst) to 100 (best), and why it stands outside, if it does."""

    number: str
    parts: tuple[float, float, float, float]
    outside: str = ""


@dataclass(frozen=True)
class Placed:
    """A procedure in its place: the score, and what each part gave to it."""

    candidate: Candidate
    place: int
    score: float
    gave: tuple[float, float, float, float]


def rank(candidates: Sequence[Candidate], weights: Weights) -> list[Placed]:
    """Put candidates in order; those outside (適用除外など) are left out; ties go by number."""
    shares = weights.shares()
    ordered = sorted(_inside(candidates), key=lambda candidate: (-_score(candidate, shares), candidate.number))
    return [
        Placed(candidate, place, _score(candidate, shares), _gave(candidate, shares))
        for place, candidate in enumerate(ordered, 1)
    ]


def steady(candidates: Sequence[Candidate], weights: Weights, *, top: int, within: float) -> set[str]:
    """Return what stays among the first ``top`` under all weights within a part of themselves (±20 % is 0.2)."""
    base = (weights.burden, weights.feasibility, weights.reach, weights.cost)
    stay: set[str] | None = None
    inside = _inside(candidates)
    for signs in product((1 - within, 1.0, 1 + within), repeat=len(base)):
        shares = Weights(*(weight * sign for weight, sign in zip(base, signs, strict=True))).shares()
        scores = ((-_score(candidate, shares), candidate.number) for candidate in inside)
        first = {number for _, number in nsmallest(top, scores)}
        stay = first if stay is None else stay & first
    return stay or set()


def _inside(candidates: Sequence[Candidate]) -> list[Candidate]:
    return [candidate for candidate in candidates if not candidate.outside]


def _score(candidate: Candidate, shares: tuple[float, float, float, float]) -> float:
    burden, feasibility, reach, cost = candidate.parts
    return burden * shares[0] + feasibility * shares[1] + reach * shares[2] + cost * shares[3]


def _gave(candidate: Candidate, shares: tuple[float, float, float, float]) -> tuple[float, float, float, float]:
    one, two, three, four = (part * share for part, share in zip(candidate.parts, shares, strict=True))
    return (one, two, three, four)
