"""The engine 計算の中心: one replication of a flow, event by event. The same source runs plainly or compiled.

Everything is a flat list of numbers, so that ``kernel.py`` can hand the very same function to a compiler. Servers of
one post take cases in the order of arrival; a task begun goes on after a closed stretch where it stopped.
"""

from bisect import bisect_left, bisect_right
from heapq import heappop, heappush
from math import log, sqrt
from typing import Any, NamedTuple

TASK, CHOOSE, SPLIT, FINISH = 0, 1, 2, 3
TRIANGLE, EXPONENTIAL = 0, 1
NEVER = 1e15
_MASK = 0xFFFFFFFFFFFFFFFF


def draw(seed: int, case: int, node: int, visit: int) -> float:
    """Return the uniform number (0 to 1) of a replication, case, row and visit (SplitMix64 of a counter)."""
    x = (seed + case * 0x9E3779B97F4A7C15 + node * 0xD1B54A32D192ED03 + visit * 0x8CB92BA72F3D8DD7) & _MASK
    x = ((x ^ (x >> 30)) * 0xBF58476D1CE4E5B9) & _MASK
    x = ((x ^ (x >> 27)) * 0x94D049BB133111EB) & _MASK
    return ((x ^ (x >> 31)) >> 11) * 1.1102230246251565e-16


def duration(law: int, least: float, usual: float, most: float, u: float) -> float:
    """Return minutes of work for a uniform number: triangular (least, usual, most), or exponential around usual."""
    if law == EXPONENTIAL:
        return -usual * log(1.0 - u)
    span = most - least
    if span <= 0.0:
        return usual
    rising = (usual - least) / span
    if u < rising:
        return least + sqrt(u * span * (usual - least))
    return most - sqrt((1.0 - u) * span * (most - usual))


def open_after(t: float, low: int, high: int, starts: Any, ends: Any) -> float:
    """Return the first instant from ``t`` at which a calendar is open."""
    i = bisect_right(ends, t, low, high)
    if i >= high:
        return NEVER
    return t if t > starts[i] else starts[i]


def finish_of(t: float, work: float, low: int, high: int, starts: Any, before: Any, total: float) -> float:
    """Return the instant at which ``work`` minutes begun at the open instant ``t`` are done."""
    i = bisect_right(starts, t, low, high) - 1
    wanted = before[i] + (t - starts[i]) + work
    if wanted > total:
        return NEVER
    i = bisect_left(before, wanted, i, high) - 1
    if i < low:
        i = low
    end: float = starts[i] + (wanted - before[i])
    return end


class Plan(NamedTuple):
    """What one replication is given. Lists by row, by arrow (``outs``, ``shares``), by role, server and calendar."""

    seed: Any
    arrivals: Any
    entry: Any
    office: Any
    late: Any
    kinds: Any
    stamps: Any
    laws: Any
    leasts: Any
    usuals: Any
    mosts: Any
    waits: Any
    roles: Any
    needs: Any
    out_lows: Any
    out_highs: Any
    outs: Any
    shares: Any
    role_lows: Any
    role_highs: Any
    calendars: Any
    lows: Any
    highs: Any
    totals: Any
    starts: Any
    ends: Any
    before: Any


class Tally(NamedTuple):
    """What one replication fills in. Lists by case and row (``visits``, ``arrived``), case, row and server."""

    visits: Any
    arrived: Any
    alive: Any
    done: Any
    queued: Any
    passed: Any
    worked: Any
    waited: Any
    busy: Any
    overtime: Any
    free: Any
    counts: Any
    record: Any
    heap: Any


def tally_of(plan: Plan, recorded: int = 0) -> Tally:
    """Return an empty tally for a plan; ``recorded`` pieces of work are kept for checks."""
    cases, rows, servers = len(plan.arrivals), len(plan.kinds), len(plan.calendars)
    opening = [plan.starts[plan.lows[c]] if plan.highs[c] > plan.lows[c] else NEVER for c in plan.calendars]
    return Tally(
        visits=[0] * (cases * rows),
        arrived=[0] * (cases * rows),
        alive=[0] * max(1, cases),
        done=[NEVER] * max(1, cases),
        queued=[0.0] * max(1, cases),
        passed=[0] * rows,
        worked=[0.0] * rows,
        waited=[0.0] * rows,
        busy=[0.0] * servers,
        overtime=[0.0] * servers,
        free=opening,
        counts=[0, 0],
        record=[0.0] * (recorded * 5),
        heap=[],
    )


def open_until(plan: Plan, c: int, t: float) -> float:
    """Return how many minutes a calendar was open before ``t``."""
    i = bisect_right(plan.starts, t, plan.lows[c], plan.highs[c]) - 1
    if i < plan.lows[c]:
        return 0.0
    opened: float = plan.before[i] + min(t, plan.ends[i]) - plan.starts[i]
    return opened


def first_free(plan: Plan, tally: Tally, t: float, role: int) -> tuple[float, int]:
    """Return when, and with which server of a role, work that comes at ``t`` begins."""
    begin, server, known, opened = NEVER, -1, -1, NEVER
    for s in range(plan.role_lows[role], plan.role_highs[role]):
        at = tally.free[s]
        if at <= t:
            c = plan.calendars[s]
            if c != known:
                known, opened = c, open_after(t, plan.lows[c], plan.highs[c], plan.starts, plan.ends)
            at = opened
        if at < begin:
            begin, server = at, s
    return begin, server


def serve(plan: Plan, tally: Tally, t: float, case: int, node: int, work: float) -> float:
    """Let a post work on a case that comes at ``t``; return when the work is done, or NEVER."""
    begin, s = first_free(plan, tally, t, plan.roles[node])
    if s < 0:
        return NEVER
    c = plan.calendars[s]
    end = finish_of(begin, work, plan.lows[c], plan.highs[c], plan.starts, plan.before, plan.totals[c])
    if end >= NEVER:
        tally.free[s] = NEVER
        return NEVER
    tally.free[s] = open_after(end, plan.lows[c], plan.highs[c], plan.starts, plan.ends)
    tally.busy[s] += work
    if plan.late >= 0:
        tally.overtime[s] += open_until(plan, plan.late, end) - open_until(plan, plan.late, begin)
    tally.queued[case] += begin - t
    tally.waited[node] += begin - t
    written = tally.counts[1]
    if (written + 1) * 5 <= len(tally.record):
        tally.record[written * 5] = float(case)
        tally.record[written * 5 + 1] = float(node)
        tally.record[written * 5 + 2] = begin
        tally.record[written * 5 + 3] = end
        tally.record[written * 5 + 4] = work
        tally.counts[1] = written + 1
    return end


def task(plan: Plan, tally: Tally, t: float, case: int, node: int) -> float:
    """Do one row for one case; return when the case may go on, or NEVER."""
    work = 0.0
    if plan.mosts[node] > 0.0:
        u = draw(plan.seed, case, plan.stamps[node], visit_of(tally, case * len(plan.kinds) + node))
        work = duration(plan.laws[node], plan.leasts[node], plan.usuals[node], plan.mosts[node], u)
    end = serve(plan, tally, t, case, node, work) if plan.roles[node] >= 0 and work > 0.0 else t + work
    if end >= NEVER:
        return NEVER
    tally.worked[node] += work
    tally.passed[node] += 1
    if plan.waits[node] <= 0.0:
        return end
    c = plan.office
    opened = open_after(end, plan.lows[c], plan.highs[c], plan.starts, plan.ends)
    if opened >= NEVER:
        return NEVER
    return finish_of(opened, plan.waits[node], plan.lows[c], plan.highs[c], plan.starts, plan.before, plan.totals[c])


def visit_of(tally: Tally, place: int) -> int:
    """Count one more visit of a case to a row, and return how many there were before."""
    visit: int = tally.visits[place]
    tally.visits[place] = visit + 1
    return visit


def choose(plan: Plan, tally: Tally, case: int, node: int) -> int:
    """Return the row to which a case goes on from a decision."""
    u = draw(plan.seed, case, plan.stamps[node], visit_of(tally, case * len(plan.kinds) + node))
    i = plan.out_lows[node]
    while i < plan.out_highs[node] - 1 and u >= plan.shares[i]:
        i += 1
    following: int = plan.outs[i]
    return following


def later(tally: Tally, t: float, case: int, node: int) -> None:
    """Note that a case comes to a row at ``t``; who was noted first comes first at equal times."""
    tally.counts[0] += 1
    push(tally.heap, t, tally.counts[0], case, node)


def push(heap: Any, t: float, order: int, case: int, node: int) -> None:
    heappush(heap, (t, order, case, node))


def pop(heap: Any) -> tuple[float, int, int]:
    t, _, case, node = heappop(heap)
    return t, case, node


def next_time(heap: Any) -> float:
    """Return the time of the next event, or NEVER."""
    return heap[0][0] if heap else NEVER


def split(plan: Plan, tally: Tally, t: float, case: int, node: int) -> int:
    """Wait for every way that joins here, then go on along all that leave; return the first of them, or -1."""
    place = case * len(plan.kinds) + node
    tally.arrived[place] += 1
    if tally.arrived[place] < plan.needs[node]:
        tally.alive[case] -= 1
        return -1
    tally.arrived[place] = 0
    low, high = plan.out_lows[node], plan.out_highs[node]
    tally.alive[case] += high - low - 1
    for i in range(low + 1, high):
        later(tally, t, case, plan.outs[i])
    following: int = plan.outs[low]
    return following


def follow(plan: Plan, tally: Tally, t: float, case: int, node: int) -> None:
    """Lead a case on from a row until it has to wait for something."""
    while node >= 0:
        kind = plan.kinds[node]
        if kind == TASK:
            end = task(plan, tally, t, case, node)
            if end < NEVER:
                later(tally, end, case, plan.outs[plan.out_lows[node]])
            node = -1
        elif kind == CHOOSE:
            node = choose(plan, tally, case, node)
        elif kind == SPLIT:
            node = split(plan, tally, t, case, node)
        else:
            tally.alive[case] -= 1
            if tally.alive[case] == 0:
                tally.done[case] = t
            node = -1


def run(plan: Plan, tally: Tally) -> int:
    """Run one replication and fill the tally; returns the number of recorded pieces of work."""
    coming, cases = 0, len(plan.arrivals)
    while True:
        waiting = next_time(tally.heap)
        if coming < cases and plan.arrivals[coming] < waiting:
            tally.alive[coming] = 1
            coming += 1
            follow(plan, tally, plan.arrivals[coming - 1], coming - 1, plan.entry)
        elif waiting < NEVER:
            t, case, node = pop(tally.heap)
            follow(plan, tally, t, case, node)
        else:
            recorded: int = tally.counts[1]
            return recorded


def run_plainly(plan: Plan, recorded: int = 0) -> Tally:
    """Run one replication in plain Python."""
    tally = tally_of(plan, recorded)
    run(plan, tally)
    return tally
