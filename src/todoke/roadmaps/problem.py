"""The problem 計画の条件: works, capacities, and what a choice of starts is worth. Pure rules, no database or clock."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

TAIL = 4
"""Quarters after the plan in which what is open still counts: so that the last quarters are not worthless."""


@dataclass(frozen=True)
class Work:
    """作業: one procedure to bring online. Effort in staff-months in all, burden in minutes a quarter."""

    key: str
    section: str
    effort: float
    length: int
    burden: float
    shared: float = 0.0
    ready: int = 0
    after: tuple[str, ...] = ()
    fixed: int | None = None


@dataclass(frozen=True)
class Problem:
    """計画の条件: quarters, staff-months by section and quarter, and what wants to be done."""

    quarters: int
    capacity: Mapping[str, Sequence[float]]
    works: Sequence[Work]
    shared_section: str = ""


@dataclass(frozen=True)
class Drawing:
    """組んだ計画: the starting quarter of what fits, the minutes it relieves, and the most that anybody could."""

    starts: Mapping[str, int]
    relieved: float
    bound: float
    seconds: float = 0.0

    @property
    def gap(self) -> float:
        """How far the best could be above this, as a part of the best (0 is proven to be best)."""
        return max(0.0, (self.bound - self.relieved) / self.bound) if self.bound > 0 else 0.0


def worth(problem: Problem, work: Work, start: int) -> float:
    """Minutes that disappear until a year after the plan when a work starts in a quarter."""
    return work.burden * (problem.quarters + TAIL - start - work.length)


def relief(problem: Problem, starts: Mapping[str, int]) -> float:
    """Minutes that disappear when works start as given."""
    return sum(worth(problem, work, starts[work.key]) for work in problem.works if work.key in starts)


def free_capacity(problem: Problem, starts: Mapping[str, int]) -> dict[str, list[float]]:
    """Staff-months left by section and quarter; below zero where what has started takes more than there is."""
    left = {section: list(months) for section, months in problem.capacity.items()}
    for work in problem.works:
        if work.key in starts:
            for section, months in needs(problem, work):
                for quarter in range(starts[work.key], min(starts[work.key] + work.length, problem.quarters)):
                    left[section][quarter] -= months
    return left


def needs(problem: Problem, work: Work) -> list[tuple[str, float]]:
    """Staff-months a quarter that a work takes from its section and from the shared one."""
    needs = [(work.section, work.effort / work.length)] if work.section in problem.capacity else []
    if work.shared and problem.shared_section in problem.capacity:
        needs.append((problem.shared_section, work.shared / work.length))
    return needs
