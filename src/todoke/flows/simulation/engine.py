"""Simulation engine 計算の中心: one replication as a discrete-event simulation, in plain Python or compiled.

All data are flat lists of numbers, so that ``numba_kernel`` can compile these functions. Queues are first come, first
served for each resource; work that closing time interrupts is resumed. Times are in minutes.
"""

from bisect import bisect_left, bisect_right
from heapq import heappop, heappush
from math import log, sqrt
from typing import Any

from todoke.flows.simulation.engine_data import ReplicationState, SimulationInput

TASK, BRANCH, PARALLEL, END = 0, 1, 2, 3
TRIANGULAR, EXPONENTIAL = 0, 1
NEVER = 1e15
MAX_PASSES = 30
"""Passes through each node and case on average, after which a replication is given up."""
_MASK = 0xFFFFFFFFFFFFFFFF


def uniform(seed: int, case: int, node: int, visit: int) -> float:
    """Return the uniform random number (0 to 1) of a replication, case, node and visit (SplitMix64 of a counter)."""
    x = (seed + case * 0x9E3779B97F4A7C15 + node * 0xD1B54A32D192ED03 + visit * 0x8CB92BA72F3D8DD7) & _MASK
    x = ((x ^ (x >> 30)) * 0xBF58476D1CE4E5B9) & _MASK
    x = ((x ^ (x >> 27)) * 0x94D049BB133111EB) & _MASK
    return ((x ^ (x >> 31)) >> 11) * 1.1102230246251565e-16


def service_time(law: int, least: float, usual: float, most: float, u: float) -> float:
    """Return minutes of work by inverse transform: triangular, or exponential with mean ``usual``."""
    if law == EXPONENTIAL:
        return -usual * log(1.0 - u)
    span = most - least
    if span <= 0.0:
        return usual
    rising = (usual - least) / span
    if u < rising:
        return least + sqrt(u * span * (usual - least))
    return most - sqrt((1.0 - u) * span * (most - usual))


def next_open(t: float, low: int, high: int, starts: Any, ends: Any) -> float:
    """Return the first time from ``t`` at which a calendar is open, NEVER when there is none."""
    i = bisect_right(ends, t, low, high)
    if i >= high:
        return NEVER
    return t if t > starts[i] else starts[i]


def completion_time(t: float, work: float, low: int, high: int, starts: Any, before: Any, total: float) -> float:
    """Return when ``work`` minutes begun at the open time ``t`` are completed, NEVER beyond the calendar."""
    i = bisect_right(starts, t, low, high) - 1
    wanted = before[i] + (t - starts[i]) + work
    if wanted > total:
        return NEVER
    i = bisect_left(before, wanted, i, high) - 1
    if i < low:
        i = low
    end: float = starts[i] + (wanted - before[i])
    return end


def new_state(inputs: SimulationInput, recorded: int = 0) -> ReplicationState:
    """Return the initial state of a replication; ``trace`` keeps the first ``recorded`` pieces of work."""
    cases, rows, servers = len(inputs.arrivals), len(inputs.kinds), len(inputs.calendars)
    opening = [inputs.starts[inputs.lows[c]] if inputs.highs[c] > inputs.lows[c] else NEVER for c in inputs.calendars]
    return ReplicationState(
        visits=[0] * (cases * rows),
        arrived=[0] * (cases * rows),
        tokens=[0] * max(1, cases),
        completed_at=[NEVER] * max(1, cases),
        queued=[0.0] * max(1, cases),
        executions=[0] * rows,
        worked=[0.0] * rows,
        waited=[0.0] * rows,
        busy=[0.0] * servers,
        overtime=[0.0] * servers,
        available_at=opening,
        counts=[0, 0],
        trace=[0.0] * (recorded * 5),
        event_queue=[],
    )


def open_minutes_before(inputs: SimulationInput, c: int, t: float) -> float:
    """Return how many minutes a calendar is open before ``t``."""
    i = bisect_right(inputs.starts, t, inputs.lows[c], inputs.highs[c]) - 1
    if i < inputs.lows[c]:
        return 0.0
    opened: float = inputs.before[i] + min(t, inputs.ends[i]) - inputs.starts[i]
    return opened


def first_available(inputs: SimulationInput, state: ReplicationState, t: float, role: int) -> tuple[float, int]:
    """Return earliest start and server for work of a resource that arrives at ``t``; (NEVER, -1) without one."""
    begin, server, known, opened = NEVER, -1, -1, NEVER
    for s in range(inputs.resource_lows[role], inputs.resource_highs[role]):
        at = state.available_at[s]
        if at <= t:
            c = inputs.calendars[s]
            if c != known:
                known, opened = c, next_open(t, inputs.lows[c], inputs.highs[c], inputs.starts, inputs.ends)
            at = opened
        if at < begin:
            begin, server = at, s
    return begin, server


def serve(inputs: SimulationInput, state: ReplicationState, t: float, case: int, node: int, work: float) -> float:
    """Seize the first available server for ``work`` minutes; returns the completion time, or NEVER."""
    begin, s = first_available(inputs, state, t, inputs.resources[node])
    if s < 0:
        return NEVER
    c = inputs.calendars[s]
    end = completion_time(begin, work, inputs.lows[c], inputs.highs[c], inputs.starts, inputs.before, inputs.totals[c])
    if end >= NEVER:
        state.available_at[s] = NEVER
        return NEVER
    state.available_at[s] = next_open(end, inputs.lows[c], inputs.highs[c], inputs.starts, inputs.ends)
    state.busy[s] += work
    if inputs.overtime_calendar >= 0:
        state.overtime[s] += open_minutes_before(inputs, inputs.overtime_calendar, end) - open_minutes_before(
            inputs, inputs.overtime_calendar, begin
        )
    state.queued[case] += begin - t
    state.waited[node] += begin - t
    written = state.counts[1]
    if (written + 1) * 5 <= len(state.trace):
        state.trace[written * 5] = float(case)
        state.trace[written * 5 + 1] = float(node)
        state.trace[written * 5 + 2] = begin
        state.trace[written * 5 + 3] = end
        state.trace[written * 5 + 4] = work
        state.counts[1] = written + 1
    return end


def execute_task(inputs: SimulationInput, state: ReplicationState, t: float, case: int, node: int) -> float:
    """Execute one activity for one case, with its delay; returns the time at which the case goes on, or NEVER."""
    work = 0.0
    if inputs.maximums[node] > 0.0:
        u = uniform(inputs.seed, case, inputs.streams[node], next_visit(state, case * len(inputs.kinds) + node))
        work = service_time(
            inputs.distributions[node], inputs.minimums[node], inputs.modes[node], inputs.maximums[node], u
        )
    end = serve(inputs, state, t, case, node, work) if inputs.resources[node] >= 0 and work > 0.0 else t + work
    if end >= NEVER:
        return NEVER
    state.worked[node] += work
    state.executions[node] += 1
    if inputs.delays[node] <= 0.0:
        return end
    c = inputs.office
    opened = next_open(end, inputs.lows[c], inputs.highs[c], inputs.starts, inputs.ends)
    if opened >= NEVER:
        return NEVER
    return completion_time(
        opened, inputs.delays[node], inputs.lows[c], inputs.highs[c], inputs.starts, inputs.before, inputs.totals[c]
    )


def next_visit(state: ReplicationState, place: int) -> int:
    """Count a visit of a case to a node in ``state``; returns the number of visits before it."""
    visit: int = state.visits[place]
    state.visits[place] = visit + 1
    return visit


def choose_branch(inputs: SimulationInput, state: ReplicationState, case: int, node: int) -> int:
    """Return the node that a case goes to from an exclusive gateway, drawn by the shares."""
    u = uniform(inputs.seed, case, inputs.streams[node], next_visit(state, case * len(inputs.kinds) + node))
    state.counts[0] += 1
    i = inputs.out_lows[node]
    while i < inputs.out_highs[node] - 1 and u >= inputs.cumulative_shares[i]:
        i += 1
    following: int = inputs.targets[i]
    return following


def schedule(state: ReplicationState, t: float, case: int, node: int) -> None:
    """Put the arrival of a case at a node on the event queue; equal times are served in the order of scheduling."""
    state.counts[0] += 1
    push(state.event_queue, t, state.counts[0], case, node)


def push(heap: Any, t: float, order: int, case: int, node: int) -> None:
    """Push an event on the queue."""
    heappush(heap, (t, order, case, node))


def pop(heap: Any) -> tuple[float, int, int]:
    """Remove the earliest event; returns its time, case and node."""
    t, _, case, node = heappop(heap)
    return t, case, node


def next_time(heap: Any) -> float:
    """Return the time of the next event, or NEVER."""
    return heap[0][0] if heap else NEVER


def join_and_fork(inputs: SimulationInput, state: ReplicationState, t: float, case: int, node: int) -> int:
    """Take a token at a parallel gateway; the last one to arrive leaves on every edge.

    Returns the node of the first edge, or -1 while tokens are missing.
    """
    place = case * len(inputs.kinds) + node
    state.arrived[place] += 1
    if state.arrived[place] < inputs.join_counts[node]:
        state.tokens[case] -= 1
        return -1
    state.arrived[place] = 0
    low, high = inputs.out_lows[node], inputs.out_highs[node]
    state.tokens[case] += high - low - 1
    for i in range(low + 1, high):
        schedule(state, t, case, inputs.targets[i])
    following: int = inputs.targets[low]
    return following


def advance(inputs: SimulationInput, state: ReplicationState, t: float, case: int, node: int) -> None:
    """Move a case through the nodes from ``node`` until it waits for an event or ends."""
    while node >= 0:
        kind = inputs.kinds[node]
        if kind == TASK:
            end = execute_task(inputs, state, t, case, node)
            if end < NEVER:
                schedule(state, end, case, inputs.targets[inputs.out_lows[node]])
            node = -1
        elif kind == BRANCH:
            node = choose_branch(inputs, state, case, node)
        elif kind == PARALLEL:
            node = join_and_fork(inputs, state, t, case, node)
        else:
            state.tokens[case] -= 1
            if state.tokens[case] == 0:
                state.completed_at[case] = t
            node = -1


def run_replication(inputs: SimulationInput, state: ReplicationState) -> int:
    """Run one replication to its end, or until it is given up, and fill in the state.

    Returns the number of recorded pieces of work.
    """
    coming, cases = 0, len(inputs.arrivals)
    most = (cases + 1) * len(inputs.kinds) * MAX_PASSES
    while state.counts[0] <= most:
        waiting = next_time(state.event_queue)
        if coming < cases and inputs.arrivals[coming] < waiting:
            state.tokens[coming] = 1
            coming += 1
            advance(inputs, state, inputs.arrivals[coming - 1], coming - 1, inputs.entry)
        elif waiting < NEVER:
            t, case, node = pop(state.event_queue)
            advance(inputs, state, t, case, node)
        else:
            break
    recorded: int = state.counts[1]
    return recorded


def run_in_python(inputs: SimulationInput, recorded: int = 0) -> ReplicationState:
    """Return the state after one replication in plain Python."""
    state = new_state(inputs, recorded)
    run_replication(inputs, state)
    return state
