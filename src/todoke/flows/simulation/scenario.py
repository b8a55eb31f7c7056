"""Scenarios 条件: arrivals, staff and calendars of a simulation, and the input that they make of a step table."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from math import log

from todoke.flows.effort import branch_probability
from todoke.flows.simulation import engine
from todoke.flows.simulation.business_hours import (
    OFFICE_SHIFTS,
    Shifts,
    WorkCalendar,
    calendar_from_intervals,
    office_calendar,
    overtime_calendar,
)
from todoke.flows.simulation.engine_data import SimulationInput
from todoke.flows.step_table import FlowNode, NodeKind, PartyKind, StepTable, with_implicit_nodes
from todoke.runtime.refusals import NotYet

_ARRIVAL, _ABSENCE = 0x5EED, 0xAB5E
MAX_YEARS = 6
_MASK = 0xFFFFFFFFFFFFFFFF


@dataclass(frozen=True)
class Staff:
    """人員: the number of people of a party, their shifts, their absence rate (0 to 1), and yen per hour."""

    party: str
    people: int
    shifts: Shifts = OFFICE_SHIFTS
    absence: float = 0.0
    yen_per_hour: float = 0.0


@dataclass(frozen=True)
class Scenario:
    """条件: the parameters of a simulation; ``season`` weighs the months from April, ``overtime`` is minutes a day."""

    cases_per_year: float
    staff: tuple[Staff, ...]
    first: date = date(2026, 4, 1)
    days: int = 365
    season: tuple[float, ...] = (1.0,) * 12
    online: bool = False
    overtime: int = 0
    deadline_days: int = 0
    law: str = "triangle"
    visit_minutes: float = 60.0
    cases: int = 0
    open_all_hours: bool = False


def replication_seed(seed: int, replication: int) -> int:
    """Return the seed of one replication (64 bits of SHA-256)."""
    return int.from_bytes(sha256(f"{seed}/{replication}".encode()).digest()[:8], "big")


def stream_id(row: FlowNode) -> int:
    """Return the random stream of a flow node; it stays the same from version to version (common random numbers)."""
    return int.from_bytes(sha256(row.key.removesuffix("-branch").encode()).digest()[:6], "big") * 2 + (
        row.kind != NodeKind.TASK
    )


def arrival_times(scenario: Scenario, seed: int) -> list[float]:
    """Return the arrival times of a Poisson process within opening hours, with monthly weights, in minutes.

    Raises NotYet when no hour is open or every weight is 0.
    """
    days = scenario.days
    always = scenario.online or scenario.open_all_hours
    opened = calendar_from_intervals([(0, days * 1440)]) if always else office_calendar(scenario.first, days)
    months = [_month_weight(scenario, start) for start in opened.starts]
    spans = [(e - s) * w for s, e, w in zip(opened.starts, opened.ends, months, strict=True)]
    total = sum(spans)
    if total <= 0:
        raise NotYet("開庁日がないか、月ごとの重みがすべて 0 です。期間か重みを直してください。")
    rate = (scenario.cases or scenario.cases_per_year * days / 365) / total
    found: list[float] = []
    reached, passed, place = 0.0, 0.0, 0
    while place < len(spans):
        reached += -log(1.0 - engine.uniform(seed, len(found), _ARRIVAL, 0)) / rate
        while place < len(spans) and passed + spans[place] < reached:
            passed += spans[place]
            place += 1
        if place < len(spans):
            found.append(opened.starts[place] + (reached - passed) / (months[place] or 1.0))
    return found


def _month_weight(scenario: Scenario, start: float) -> float:
    month = date.fromordinal(scenario.first.toordinal() + int(start // 1440)).month
    return scenario.season[(month - 4) % 12]


def _staff_calendars(
    scenario: Scenario, parties: Sequence[str], days: int, seed: int
) -> tuple[list[WorkCalendar], list[int], list[list[int]]]:
    """Return the calendars, the calendar of every server, and the servers of every resource."""
    calendars = [
        office_calendar(scenario.first, days)
        if not scenario.open_all_hours
        else calendar_from_intervals([(0, days * 1440)])
    ]
    known: dict[object, int] = {}
    of_server: list[int] = []
    servers: list[list[int]] = []
    for number, party in enumerate(parties):
        staff = next((one for one in scenario.staff if one.party == party and one.people > 0), None)
        own: list[int] = []
        for person in range(staff.people if staff else 0):
            assert staff is not None
            key: object = (staff.shifts, person if staff.absence else -1, number if staff.absence else -1)
            if key not in known:
                known[key] = len(calendars)
                calendars.append(_person_calendar(scenario, staff, days, seed, number * 1000 + person))
            own.append(len(of_server))
            of_server.append(known[key])
        servers.append(own)
    if scenario.overtime:
        calendars.append(overtime_calendar(scenario.first, days, overtime=scenario.overtime))
    return calendars, of_server, servers


def _person_calendar(scenario: Scenario, staff: Staff, days: int, seed: int, person: int) -> WorkCalendar:
    if scenario.open_all_hours:
        return calendar_from_intervals([(0, days * 1440)])

    def absent(day: int) -> bool:
        return engine.uniform(seed, person, _ABSENCE, day) < staff.absence

    return office_calendar(scenario.first, days, staff.shifts, absent if staff.absence else None, scenario.overtime)


def _engine_kind(row: FlowNode) -> int:
    if row.kind in {NodeKind.EXCLUSIVE, NodeKind.INCLUSIVE}:
        return engine.BRANCH
    if row.kind == NodeKind.PARALLEL:
        return engine.PARALLEL
    return engine.END if row.kind == NodeKind.END else engine.TASK


def _refuse_endless(
    rows: list[FlowNode], out_lows: list[int], out_highs: list[int], outs: list[int], shares: list[float]
) -> None:
    """Raise NotYet with the first row from which no end can be reached, however the cases go."""
    leads: dict[int, set[int]] = {}
    for at in range(len(rows)):
        before = 0.0
        leads[at] = set()
        for edge in range(out_lows[at], out_highs[at]):
            if shares[edge] > before or rows[at].kind == NodeKind.PARALLEL:
                leads[at].add(outs[edge])
            before = shares[edge]
    ending = {at for at, row in enumerate(rows) if row.kind == NodeKind.END}
    while more := {at for at, following in leads.items() if at not in ending and following & ending}:
        ending |= more
    if lost := [row for at, row in enumerate(rows) if at not in ending]:
        name = next((row.name for row in lost if row.name), "名前のない行")
        raise NotYet(f"「{name}」からは、どう進んでも終わりに着きません。終わりへ進む枝か「終」を入れてください。")


def build_input(table: StepTable, scenario: Scenario, seed: int) -> tuple[SimulationInput, StepTable]:
    """Return the input of the engine and the table with its implicit nodes.

    Raises NotYet for a table without rows, a row that leads nowhere, or one from which no end can be reached.
    """
    full = with_implicit_nodes(table)
    rows = list(full.rows)
    if not rows:
        raise NotYet("手順がまだありません。表に手順を書いてから試算してください。")
    place = {row.key: number for number, row in enumerate(rows)}
    outs: list[int] = []
    shares: list[float] = []
    out_lows, out_highs = [], []
    for row in rows:
        out_lows.append(len(outs))
        leaving = [link for link in full.outgoing(row.key) if link.target in place]
        reached = 0.0
        for link in leaving:
            reached += branch_probability(full, link)
            outs.append(place[link.target])
            shares.append(reached)
        out_highs.append(len(outs))
        if not leaving and row.kind != NodeKind.END:
            raise NotYet(f"「{row.name or '名前のない行'}」の次がありません。次の手順か「終」を入れてください。")
    _refuse_endless(rows, out_lows, out_highs, outs, shares)
    days = scenario.days + 366 * (MAX_YEARS - 1)
    order = [party.key for party in full.parties]
    calendars, of_server, servers = _staff_calendars(scenario, order, days, seed)
    works = [(row.work.least, row.work.usual, row.work.most) for row in rows]
    kinds = {party.key: party.kind for party in full.parties}
    staffed = {p: n for n, p in enumerate(order) if servers[n] and kinds[p] in {PartyKind.POST, PartyKind.BODY}}
    lows = [sum(len(c.starts) for c in calendars[:n]) for n in range(len(calendars))]
    first = next((n for n, row in enumerate(rows) if row.kind == NodeKind.START), 0)
    law = engine.EXPONENTIAL if scenario.law == "exponential" else engine.TRIANGULAR
    inputs = SimulationInput(
        seed=seed,
        arrivals=arrival_times(scenario, seed),
        entry=first,
        office=0,
        overtime_calendar=len(calendars) - 1 if scenario.overtime else -1,
        kinds=[_engine_kind(row) for row in rows],
        streams=[stream_id(row) for row in rows],
        distributions=[law] * len(rows),
        minimums=[work[0] for work in works],
        modes=[work[1] for work in works],
        maximums=[work[2] for work in works],
        delays=[float(row.work.wait) for row in rows],
        resources=[staffed.get(row.party, -1) for row in rows],
        join_counts=[max(1, sum(link.target == row.key for link in full.links if not link.message)) for row in rows],
        out_lows=out_lows,
        out_highs=out_highs,
        targets=outs or [0],
        cumulative_shares=shares or [1.0],
        resource_lows=[own[0] if own else 0 for own in servers] or [0],
        resource_highs=[own[-1] + 1 if own else 0 for own in servers] or [0],
        calendars=of_server or [0],
        lows=lows,
        highs=[low + len(c.starts) for low, c in zip(lows, calendars, strict=True)],
        totals=[c.total for c in calendars],
        starts=[x for c in calendars for x in c.starts],
        ends=[x for c in calendars for x in c.ends],
        before=[x for c in calendars for x in c.before],
    )
    return inputs, full
