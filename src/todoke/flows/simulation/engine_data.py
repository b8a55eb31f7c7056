"""Engine data 計算の入力と状態: what one replication reads and fills in, as flat lists of numbers; times in minutes."""

from typing import Any, NamedTuple


class SimulationInput(NamedTuple):
    """試算の入力: one replication as lists by node, by edge, by resource, by server and by calendar.

    By edge: ``targets``, ``cumulative_shares``. By resource: ``resource_lows`` to ``resource_highs`` of its servers.
    """

    seed: Any
    arrivals: Any
    entry: Any
    office: Any
    overtime_calendar: Any
    kinds: Any
    streams: Any
    distributions: Any
    minimums: Any
    modes: Any
    maximums: Any
    delays: Any
    resources: Any
    join_counts: Any
    out_lows: Any
    out_highs: Any
    targets: Any
    cumulative_shares: Any
    resource_lows: Any
    resource_highs: Any
    calendars: Any
    lows: Any
    highs: Any
    totals: Any
    starts: Any
    ends: Any
    before: Any


class ReplicationState(NamedTuple):
    """試算の状態: the event queue and the statistics of one replication.

    By case and node: ``visits``, ``arrived``; by case: ``tokens``, ``completed_at``, ``queued`` (minutes); by node:
    ``executions``, ``worked``, ``waited`` (minutes); by server: ``busy``, ``overtime`` (minutes), ``available_at``.
    """

    visits: Any
    arrived: Any
    tokens: Any
    completed_at: Any
    queued: Any
    executions: Any
    worked: Any
    waited: Any
    busy: Any
    overtime: Any
    available_at: Any
    counts: Any
    trace: Any
    event_queue: Any
