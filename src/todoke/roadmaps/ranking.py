"""Ranking 優先順位: a weighted score of four criteria, and its stability. Pure rules over columns."""

from __future__ import annotations

from dataclasses import dataclass, fields
from itertools import product
from typing import TYPE_CHECKING, TypeAlias

from todoke.lazy_modules import np
from todoke.runtime.refusals import Refused

if TYPE_CHECKING:
    from numpy.typing import NDArray

Floats: TypeAlias = "NDArray[np.float64]"
"""Criteria: a row for each procedure, a column for each of ``PARTS``, from 0 (worst) to 100 (best); or scores."""
Rows: TypeAlias = "NDArray[np.intp]"


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


def scores(parts: Floats, weights: Weights) -> Floats:
    """Return the score of each procedure, from 0 to 100."""
    burden, feasibility, reach, cost = weights.shares()
    found: Floats = parts[:, 0] * burden + parts[:, 1] * feasibility + parts[:, 2] * reach + parts[:, 3] * cost
    return found


def ranked_rows(found: Floats) -> Rows:
    """Return the rows by descending score; of equal scores the earlier row is first."""
    return np.argsort(-found, kind="stable")


def places(parts: Floats, weights: Weights) -> Rows:
    """Return the place of each row, from 1."""
    ranked = ranked_rows(scores(parts, weights))
    found = np.empty_like(ranked)
    found[ranked] = np.arange(1, len(ranked) + 1)
    return found


def stable_top(parts: Floats, weights: Weights, *, top: int, within: float) -> set[int]:
    """Return the rows ranked in the first ``top`` under all weights varied by ±``within`` (0.2 is 20 %)."""
    base = (weights.burden, weights.feasibility, weights.reach, weights.cost)
    varied = (
        Weights(*(weight * sign for weight, sign in zip(base, signs, strict=True)))
        for signs in product((1 - within, 1.0, 1 + within), repeat=len(base))
    )
    return set.intersection(*(set(_first(scores(parts, each), top).tolist()) for each in varied))


def _first(found: Floats, top: int) -> Rows:
    """Return the rows of the ``top`` highest scores, as ``ranked_rows`` would but without ranking the others."""
    if len(found) <= top:
        return np.arange(len(found))
    least = np.partition(found, -top)[-top]
    above = np.flatnonzero(found > least)
    return np.concatenate([above, np.flatnonzero(found == least)[: top - len(above)]])
