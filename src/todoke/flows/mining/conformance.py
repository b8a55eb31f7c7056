"""Conformance 図と記録の照合: the cheapest explanation of each variant by the drawn flow (alignment, A*).

A step recorded but not drawn at that place costs 1, a step drawn but not recorded costs 1, a match costs nothing.
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from heapq import heappop, heappush

from todoke.flows.mining.discovery import Variant
from todoke.flows.mining.state_space import Net
from todoke.flows.step_table import StepTable
from todoke.runtime.refusals import Refused

_UNREACHABLE = 1_000_000


@dataclass(frozen=True)
class Aligned:
    """The explanation of one variant: its cost, what was recorded only, and what was drawn only."""

    variant: Variant
    cost: int
    recorded_only: tuple[str, ...]
    drawn_only: tuple[str, ...]


@dataclass(frozen=True)
class Conformance:
    """How well drawing and record agree. ``fitness`` is 1 when every case follows the drawing."""

    cases: int
    fitting: int
    cost: int
    fitness: float
    undrawn: tuple[tuple[str, int], ...]
    skipped: tuple[tuple[str, int], ...]
    never_happened: tuple[str, ...]
    not_in_drawing: tuple[str, ...]
    variants: tuple[Aligned, ...]


Step = tuple[int, int, int, str, str]


def align(net: Net, variant: Variant) -> Aligned:
    """Find the cheapest alignment of one variant (A* over place in the record × marking). Raises Refused."""
    path, length = variant.activities, len(variant.activities)
    foreign = _foreign(net, path)
    width, least = len(net.follows), net.least
    queue: list[tuple[int, int, int, int]] = [(0, 0, net.start, 0)]
    best: dict[int, int] = {net.start: 0}
    came: dict[int, tuple[int, str, str]] = {}
    closed: set[int] = set()
    goal = length * width + net.end
    while queue:
        _, back, marking, cost = heappop(queue)
        state = -back * width + marking
        if state in closed:
            continue
        if state == goal:
            return _explained(variant, cost, came, goal)
        closed.add(state)
        for place, following, extra, recorded, drawn in _steps(net, path, -back, marking):
            key, reached = place * width + following, cost + extra
            if least[following] >= _UNREACHABLE or reached >= best.get(key, _UNREACHABLE):
                continue
            best[key], came[key] = reached, (state, recorded, drawn)
            bound = foreign[place] + max(0, least[following] - (length - place - foreign[place]))
            heappush(queue, (reached + bound, -place, following, reached))
    raise Refused("図の始まりから終わりまで進めません。矢印がつながっているか確かめてください。")


def _foreign(net: Net, path: tuple[str, ...]) -> list[int]:
    """For every place in the record, how many of the steps still to come are nowhere in the drawing."""
    counts = [0] * (len(path) + 1)
    for place in range(len(path) - 1, -1, -1):
        counts[place] = counts[place + 1] + (path[place] not in net.names)
    return counts


def _steps(net: Net, path: tuple[str, ...], place: int, marking: int) -> Iterator[Step]:
    activity = path[place] if place < len(path) else ""
    if activity:
        yield place + 1, marking, 1, activity, ""
    for name, following in net.follows[marking]:
        yield place, following, 1 if name else 0, "", name
        if name and name == activity:
            yield place + 1, following, 0, "", ""


def _explained(variant: Variant, cost: int, came: dict[int, tuple[int, str, str]], goal: int) -> Aligned:
    recorded: list[str] = []
    drawn: list[str] = []
    state = goal
    while state in came:
        state, only_recorded, only_drawn = came[state]
        recorded += [only_recorded] if only_recorded else []
        drawn += [only_drawn] if only_drawn else []
    return Aligned(variant, cost, tuple(reversed(recorded)), tuple(reversed(drawn)))


def conform(table: StepTable, variants: tuple[Variant, ...]) -> Conformance:
    """Compare a completed table with the variants of a log. Raises TooManyStates; Refused without a way through."""
    net = Net(table)
    aligned = tuple(align(net, variant) for variant in variants)
    undrawn: Counter[str] = Counter()
    skipped: Counter[str] = Counter()
    for one in aligned:
        for name in one.recorded_only:
            undrawn[name] += one.variant.count
        for name in one.drawn_only:
            skipped[name] += one.variant.count
    recorded = {name for variant in variants for name in variant.activities}
    worst = sum(v.count * (len(v.activities) + net.least[net.start]) for v in variants)
    cost = sum(one.cost * one.variant.count for one in aligned)
    return Conformance(
        cases=sum(variant.count for variant in variants),
        fitting=sum(one.variant.count for one in aligned if one.cost == 0),
        cost=cost,
        fitness=1 - cost / worst if worst else 1.0,
        undrawn=tuple(undrawn.most_common()),
        skipped=tuple(skipped.most_common()),
        never_happened=tuple(sorted(net.names - recorded)),
        not_in_drawing=tuple(sorted(recorded - net.names)),
        variants=aligned,
    )
