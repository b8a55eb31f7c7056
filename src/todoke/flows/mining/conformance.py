"""Conformance checking 図と記録の照合: optimal alignments of the variants of a log with a process model (A*).

A log move (recorded, not in the model at that place) and a model move (in the model, not recorded) cost 1 each, a
synchronous or silent move nothing. Source: van der Aalst, Adriansyah, van Dongen, "Replaying history on process
models for conformance checking and performance analysis", 2012.
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from heapq import heappop, heappush

from todoke.flows.mining.discovery import Variant
from todoke.flows.mining.state_space import ReachabilityGraph
from todoke.flows.step_table import StepTable
from todoke.runtime.refusals import Refused

_UNREACHABLE = 1_000_000


@dataclass(frozen=True)
class Alignment:
    """照合: an optimal alignment of one variant: its cost, log moves and model moves, in order."""

    variant: Variant
    cost: int
    log_moves: tuple[str, ...]
    model_moves: tuple[str, ...]


@dataclass(frozen=True)
class ConformanceResult:
    """照合の結果: agreement of a log with a model; ``fitness`` (0 to 1) is 1 when every case fits.

    ``cost`` is the cost of all cases; ``log_moves`` and ``model_moves`` count the moves of each activity in all cases.
    """

    cases: int
    fitting_cases: int
    cost: int
    fitness: float
    log_moves: tuple[tuple[str, int], ...]
    model_moves: tuple[tuple[str, int], ...]
    never_executed: tuple[str, ...]
    not_in_model: tuple[str, ...]
    variants: tuple[Alignment, ...]


SearchStep = tuple[int, int, int, str, str]


def align(graph: ReachabilityGraph, variant: Variant) -> Alignment:
    """Return an optimal alignment of one variant. Raises Refused when the final marking cannot be reached.

    A* searches over (position in the trace, marking); the bound counts activities that only one side has left.
    """
    path, length = variant.activities, len(variant.activities)
    foreign = _unknown_activities_left(graph, path)
    width, min_remaining = len(graph.successors), graph.min_remaining
    queue: list[tuple[int, int, int, int]] = [(0, 0, graph.initial, 0)]
    best: dict[int, int] = {graph.initial: 0}
    predecessors: dict[int, tuple[int, str, str]] = {}
    closed: set[int] = set()
    goal = length * width + graph.final
    while queue:
        _, back, marking, cost = heappop(queue)
        state = -back * width + marking
        if state in closed:
            continue
        if state == goal:
            return _alignment(variant, cost, predecessors, goal)
        closed.add(state)
        for place, following, extra, recorded, drawn in _search_steps(graph, path, -back, marking):
            key, reached = place * width + following, cost + extra
            if min_remaining[following] >= _UNREACHABLE or reached >= best.get(key, _UNREACHABLE):
                continue
            best[key], predecessors[key] = reached, (state, recorded, drawn)
            bound = foreign[place] + max(0, min_remaining[following] - (length - place - foreign[place]))
            heappush(queue, (reached + bound, -place, following, reached))
    raise Refused("図の始まりから終わりまで進めません。矢印がつながっているか確かめてください。")


def _unknown_activities_left(graph: ReachabilityGraph, path: tuple[str, ...]) -> list[int]:
    """Return, for every position in the trace, how many later activities the model does not have."""
    counts = [0] * (len(path) + 1)
    for place in range(len(path) - 1, -1, -1):
        counts[place] = counts[place + 1] + (path[place] not in graph.activities)
    return counts


def _search_steps(graph: ReachabilityGraph, path: tuple[str, ...], place: int, marking: int) -> Iterator[SearchStep]:
    activity = path[place] if place < len(path) else ""
    if activity:
        yield place + 1, marking, 1, activity, ""
    for name, following in graph.successors[marking]:
        yield place, following, 1 if name else 0, "", name
        if name and name == activity:
            yield place + 1, following, 0, "", ""


def _alignment(variant: Variant, cost: int, predecessors: dict[int, tuple[int, str, str]], goal: int) -> Alignment:
    recorded: list[str] = []
    drawn: list[str] = []
    state = goal
    while state in predecessors:
        state, only_recorded, only_drawn = predecessors[state]
        recorded += [only_recorded] if only_recorded else []
        drawn += [only_drawn] if only_drawn else []
    return Alignment(variant, cost, tuple(reversed(recorded)), tuple(reversed(drawn)))


def check_conformance(table: StepTable, variants: tuple[Variant, ...]) -> ConformanceResult:
    """Return the agreement of the variants of a log with a table that has its implicit nodes.

    Raises StateSpaceTooLarge, and Refused when the final marking cannot be reached.
    """
    graph = ReachabilityGraph(table)
    aligned = tuple(align(graph, variant) for variant in variants)
    log_moves: Counter[str] = Counter()
    model_moves: Counter[str] = Counter()
    for one in aligned:
        for name in one.log_moves:
            log_moves[name] += one.variant.count
        for name in one.model_moves:
            model_moves[name] += one.variant.count
    recorded = {name for variant in variants for name in variant.activities}
    worst = sum(v.count * (len(v.activities) + graph.min_remaining[graph.initial]) for v in variants)
    cost = sum(one.cost * one.variant.count for one in aligned)
    return ConformanceResult(
        cases=sum(variant.count for variant in variants),
        fitting_cases=sum(one.variant.count for one in aligned if one.cost == 0),
        cost=cost,
        fitness=1 - cost / worst if worst else 1.0,
        log_moves=tuple(log_moves.most_common()),
        model_moves=tuple(model_moves.most_common()),
        never_executed=tuple(sorted(graph.activities - recorded)),
        not_in_model=tuple(sorted(recorded - graph.activities)),
        variants=aligned,
    )
