"""Scheduling problem 計画の条件: works, capacities, and the objective of a schedule. Pure rules."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

TAIL = 4
"""Quarters after the plan that still count in the objective."""


@dataclass(frozen=True)
class Work:
    """作業: one procedure to bring online.

    ``effort`` and ``shared`` in staff-months in total, ``length`` in quarters, ``burden`` in minutes a quarter;
    ``ready`` and ``fixed`` are quarters counted from 0, ``after`` holds the keys of predecessors.
    """

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
    """計画の条件: number of quarters, staff-months by section and quarter, and the works."""

    quarters: int
    capacity: Mapping[str, Sequence[float]]
    works: Sequence[Work]
    shared_section: str = ""


@dataclass(frozen=True)
class Schedule:
    """組んだ計画: starting quarters by work key, relieved minutes and their upper bound, solving time in seconds."""

    starts: Mapping[str, int]
    relieved: float
    bound: float
    seconds: float = 0.0

    @property
    def gap(self) -> float:
        """The optimality gap, 0 to 1; 0 is proven optimal."""
        return max(0.0, (self.bound - self.relieved) / self.bound) if self.bound > 0 else 0.0


def relieved_minutes(problem: Problem, work: Work, start: int) -> float:
    """Return the minutes relieved until ``TAIL`` quarters after the plan if a work starts in a quarter."""
    return work.burden * (problem.quarters + TAIL - start - work.length)


def total_relieved_minutes(problem: Problem, starts: Mapping[str, int]) -> float:
    """Return the objective in minutes of given starting quarters."""
    return sum(relieved_minutes(problem, work, starts[work.key]) for work in problem.works if work.key in starts)


def free_capacity(problem: Problem, starts: Mapping[str, int]) -> dict[str, list[float]]:
    """Return the staff-months left by section and quarter; negative where starts exceed the capacity."""
    left = {section: list(months) for section, months in problem.capacity.items()}
    for work in problem.works:
        if work.key in starts:
            for section, months in quarterly_load(problem, work):
                for quarter in range(starts[work.key], min(starts[work.key] + work.length, problem.quarters)):
                    left[section][quarter] -= months
    return left


def quarterly_load(problem: Problem, work: Work) -> list[tuple[str, float]]:
    """Return the staff-months a quarter that a work takes, by section: its own and the shared one."""
    quarterly_load = [(work.section, work.effort / work.length)] if work.section in problem.capacity else []
    if work.shared and problem.shared_section in problem.capacity:
        quarterly_load.append((problem.shared_section, work.shared / work.length))
    return quarterly_load
