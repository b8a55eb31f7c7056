"""Scheduling heuristics 計画の組み方: starting quarters that relieve the most burden. Pure rules."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from itertools import count
from random import Random
from time import monotonic

from todoke.roadmaps.milp import CLOSE_ENOUGH, Program, start_columns
from todoke.roadmaps.problem import Problem, Schedule, Work, free_capacity, quarterly_load, total_relieved_minutes

SECONDS = 8.0
_MOST_TURNS = 12


def greedy(problem: Problem) -> Schedule:
    """Return the greedy schedule: by burden per staff-month, each work as early as it fits."""
    by_key = {work.key: work for work in problem.works}
    starts = {work.key: work.fixed for work in problem.works if work.fixed is not None}
    left = free_capacity(problem, starts)
    for work in sorted(problem.works, key=lambda work: (-work.burden / (work.effort + work.shared), work.key)):
        for each in _with_predecessors(work, by_key):
            if each.key not in starts and (start := _earliest(problem, each, starts, by_key, left)) is not None:
                starts[each.key] = start
                left = free_capacity(problem, starts)
    return Schedule(starts, total_relieved_minutes(problem, starts), float("inf"))


def optimize(problem: Problem, *, seconds: float = SECONDS) -> Schedule:
    """Return the best schedule found within a time in seconds; never worse than the greedy one.

    Large neighbourhood search: the full program gives the bound and a first solution; then a few sections at a time are
    optimized with the others fixed, until the bound is near or the time is over.
    """
    began = monotonic()
    best, bound = greedy(problem), float("inf")
    found, bound = _solve(problem, best.starts, seconds * 0.4)
    best = _better(best, found)
    for group in _groups(problem):
        left = seconds - (monotonic() - began)
        if left < 0.2 or bound - best.relieved <= CLOSE_ENOUGH * bound:
            break
        part = _around(problem, best.starts, group)
        again, _ = _solve(part, best.starts, min(left, seconds * 0.15))
        best = _better(best, replace(again, relieved=total_relieved_minutes(problem, again.starts)))
    return replace(best, bound=max(bound, best.relieved), seconds=monotonic() - began)


def _better(one: Schedule, other: Schedule) -> Schedule:
    return other if other.relieved > one.relieved else one


def _solve(problem: Problem, first: Mapping[str, int], seconds: float) -> tuple[Schedule, float]:
    """Solve the program from a warm start; return the schedule and the upper bound in minutes."""
    fixed = {work.key: work.fixed for work in problem.works if work.fixed is not None}
    base, columns = total_relieved_minutes(problem, fixed), start_columns(problem)
    if not columns:
        return Schedule(fixed, base, base), base
    found, bound = Program(problem, columns).solve(first, seconds)
    starts = {**fixed, **found}
    return Schedule(starts, total_relieved_minutes(problem, starts), base + bound), base + bound


def _groups(problem: Problem) -> Iterator[set[str]]:
    """Yield random groups of sections, growing each turn; deterministic."""
    sections = sorted({work.section for work in problem.works})
    for turn in count():
        size = min(len(sections), 3 + turn)
        chance = Random(turn)  # noqa: S311 - for company, not for secrets
        order = sections[:]
        chance.shuffle(order)
        for at in range(0, len(order), size):
            yield set(order[at : at + size])
        if turn >= _MOST_TURNS:
            return


def _around(problem: Problem, starts: Mapping[str, int], sections: set[str]) -> Problem:
    """Return the problem with all works fixed but those of some sections and their successors."""
    free = {work.key for work in problem.works if work.section in sections and work.fixed is None}
    while more := {work.key for work in problem.works if work.fixed is None and free & set(work.after)} - free:
        free |= more
    works = [
        work if work.key in free or work.fixed is not None else replace(work, fixed=starts[work.key])
        for work in problem.works
        if work.key in free or work.fixed is not None or work.key in starts
    ]
    return replace(problem, works=works)


def _with_predecessors(work: Work, by_key: Mapping[str, Work]) -> list[Work]:
    """Return a work after its transitive predecessors; cycles are cut."""
    found: dict[str, Work] = {}
    waiting = [work]
    while waiting:
        each = waiting.pop()
        if each.key not in found:
            found[each.key] = each
            waiting += [by_key[key] for key in each.after if key in by_key]
    return list(reversed(found.values()))


def _earliest(
    problem: Problem, work: Work, starts: Mapping[str, int], by_key: Mapping[str, Work], left: dict[str, list[float]]
) -> int | None:
    if any(key not in starts for key in work.after):
        return None
    opens = max((starts[key] + by_key[key].length for key in work.after), default=0)
    for start in range(max(work.ready, opens), problem.quarters - work.length + 1):
        fits = all(
            left[section][quarter] >= months - 1e-9
            for section, months in quarterly_load(problem, work)
            for quarter in range(start, start + work.length)
        )
        if fits:
            return start
    return None
