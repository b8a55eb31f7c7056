"""Simulation 試算: many replications of a flow under given conditions, always with their spread, never a single run.

Two versions of a flow are compared on common random numbers: the same cases come at the same instants with the same
luck, so that a small difference is not lost in chance. Times are hours of the clock; work is hours of people.
"""

from collections.abc import Callable
from dataclasses import dataclass
from math import sqrt
from statistics import fmean, quantiles, stdev

from todoke.flows.simulation import engine, numba_kernel
from todoke.flows.simulation.scenario import Scenario, mixed, plan_of
from todoke.flows.step_table import NodeKind, PartyKind, StepTable

REPLICATIONS = 30
_COMPILE_FROM = 3_000_000
# Student's t for a two-sided 95 % interval, by degrees of freedom; beyond 30 the normal value is near enough.
_T95 = (
    12.706, 4.303, 3.182, 2.776, 2.571, 2.447, 2.365, 2.306, 2.262, 2.228, 2.201, 2.179, 2.160, 2.145, 2.131,
    2.120, 2.110, 2.101, 2.093, 2.086, 2.080, 2.074, 2.069, 2.064, 2.060, 2.056, 2.052, 2.048, 2.045, 2.042,
)  # fmt: skip


@dataclass(frozen=True)
class Estimate:
    """A mean over replications and half the width of its 95 % confidence interval."""

    mean: float
    half: float

    @property
    def low(self) -> float:
        return self.mean - self.half

    @property
    def high(self) -> float:
        return self.mean + self.half

    def is_sure(self) -> bool:
        """Tell whether the interval leaves out zero."""
        return self.low > 0 or self.high < 0


@dataclass(frozen=True)
class Run:
    """What one replication showed; ``work`` is hours of work by party, ``busy`` the share of open hours worked."""

    came: int
    finished: int
    mean_hours: float
    median_hours: float
    p95_hours: float
    waited_hours: float
    in_time: float
    open_at_end: int
    in_system: float
    overtime_hours: float
    resident_hours: float
    cost: float
    work: tuple[float, ...]
    busy: tuple[float, ...]


MEASURES = {
    "mean_hours": "申請から完了まで(平均、時間)",
    "median_hours": "申請から完了まで(中央値、時間)",
    "p95_hours": "申請から完了まで(95%が収まる、時間)",
    "waited_hours": "人手を待つ時間(1件、時間)",
    "in_time": "期限内に終わる割合",
    "open_at_end": "期間の終わりに残る件数",
    "overtime_hours": "時間外(期間の合計、時間)",
    "resident_hours": "住民の手間(1件、時間)",
    "cost": "人件費(期間の合計、円)",
}


@dataclass(frozen=True)
class Outcome:
    """The estimates over all replications, and the work and load of every party."""

    measures: dict[str, Estimate]
    parties: tuple[tuple[str, Estimate, Estimate], ...]
    came: Estimate
    replications: int
    runs: tuple[Run, ...]


def estimate(values: list[float]) -> Estimate:
    """Return mean and half interval of replications; one replication has no interval and is refused."""
    if len(values) < 2:
        raise ValueError("1回だけの試算は示せません。2回以上繰り返してください。")
    t = _T95[len(values) - 2] if len(values) <= len(_T95) + 1 else 1.96
    return Estimate(fmean(values), t * stdev(values) / sqrt(len(values)))


def runner(table: StepTable, scenario: Scenario, replications: int) -> Callable[[engine.Plan], engine.Tally]:
    """Choose the compiled kernel where it is installed and the work is worth compiling."""
    volume = (scenario.cases or scenario.cases_per_year * scenario.days / 365) * len(table.rows) * replications
    if volume < _COMPILE_FROM or not numba_kernel.is_available():
        return engine.run_plainly
    fast = numba_kernel.compiled()
    return lambda plan: fast(plan, 0)


def simulate(table: StepTable, scenario: Scenario, *, replications: int = REPLICATIONS, seed: int = 1) -> Outcome:
    """Run all replications of one table. Raises CannotSimulate when the table or the conditions are incomplete."""
    run = runner(table, scenario, replications)
    runs = []
    names: tuple[str, ...] = ()
    for replication in range(replications):
        plan, full = plan_of(table, scenario, mixed(seed, replication))
        runs.append(measured(plan, run(plan), full, scenario))
        names = tuple(party.name for party in full.parties)
    parties = tuple(
        (name, estimate([one.work[n] for one in runs]), estimate([one.busy[n] for one in runs]))
        for n, name in enumerate(names)
    )
    measures = {key: estimate([float(getattr(one, key)) for one in runs]) for key in MEASURES}
    return Outcome(measures, parties, estimate([float(one.came) for one in runs]), replications, tuple(runs))


def difference(before: Outcome, after: Outcome) -> dict[str, Estimate]:
    """Return after minus before, replication by replication (common random numbers)."""
    pairs = list(zip(before.runs, after.runs, strict=True))
    return {key: estimate([getattr(b, key) - getattr(a, key) for a, b in pairs]) for key in MEASURES}


def measured(plan: engine.Plan, tally: engine.Tally, table: StepTable, scenario: Scenario) -> Run:
    """Sum up one replication. Cases that never end within the years looked at count as open, not as finished."""
    spans = [d - a for d, a in zip(tally.done, plan.arrivals, strict=False) if d < engine.NEVER] or [0.0]
    came, finished = len(plan.arrivals), sum(d < engine.NEVER for d in tally.done[: len(plan.arrivals)])
    horizon = scenario.days * 1440.0
    limit = scenario.deadline_days * 1440.0
    cuts = quantiles(spans, n=20) if len(spans) > 1 else spans * 19
    work = _work(plan, tally, table)
    rates = {staff.party: staff.yen_per_hour for staff in scenario.staff}
    return Run(
        came=came,
        finished=finished,
        mean_hours=fmean(spans) / 60,
        median_hours=cuts[9] / 60,
        p95_hours=cuts[18] / 60,
        waited_hours=fmean(tally.queued or [0.0]) / 60,
        in_time=sum(span <= limit for span in spans) / max(1, came) if limit and finished else float(not limit),
        open_at_end=sum(done > horizon for done in tally.done[:came]),
        in_system=_in_system(plan.arrivals, tally.done),
        overtime_hours=sum(tally.overtime) / 60,
        resident_hours=_resident_hours(tally, table, scenario, came),
        cost=sum(hours * rates.get(party.key, 0.0) for party, hours in zip(table.parties, work, strict=True)),
        work=work,
        busy=_busy(plan, tally, work, horizon),
    )


def _work(plan: engine.Plan, tally: engine.Tally, table: StepTable) -> tuple[float, ...]:
    hours = dict.fromkeys((party.key for party in table.parties), 0.0)
    for row, minutes in zip(table.rows, tally.worked, strict=True):
        if row.party in hours:
            hours[row.party] += minutes / 60
    return tuple(hours.values())


def _busy(plan: engine.Plan, tally: engine.Tally, work: tuple[float, ...], horizon: float) -> tuple[float, ...]:
    """Share of the open hours of a party, within the period, that its work needs; 0 where nobody is counted."""
    loads = []
    for number, hours in enumerate(work):
        servers = range(plan.role_lows[number], plan.role_highs[number])
        opened = sum(_opened(plan, plan.calendars[server], horizon) for server in servers)
        loads.append(hours * 60 / opened if opened else 0.0)
    return tuple(loads)


def _opened(plan: engine.Plan, calendar: int, horizon: float) -> float:
    return engine.open_until(plan, calendar, horizon)


def _in_system(arrivals: list[float], done: list[float]) -> float:
    """Return the mean number of cases in the office, by sweeping over all comings and goings."""
    events = sorted([(t, 1) for t in arrivals] + [(t, -1) for t in done[: len(arrivals)] if t < engine.NEVER])
    inside, area, last = 0, 0.0, 0.0
    for t, step in events:
        area += inside * (t - last)
        inside, last = inside + step, t
    return area / last if last else 0.0


def _resident_hours(tally: engine.Tally, table: StepTable, scenario: Scenario, came: int) -> float:
    kinds = {party.key: party.kind for party in table.parties}
    minutes = 0.0
    for row, worked, passed in zip(table.rows, tally.worked, tally.passed, strict=True):
        if kinds.get(row.party) == PartyKind.RESIDENT:
            minutes += worked + (passed * row.work.wait if row.work.visits or row.kind == NodeKind.TIMER else 0.0)
        minutes += passed * row.work.visits * scenario.visit_minutes
    return minutes / 60 / max(1, came)


def assumptions(table: StepTable, scenario: Scenario, replications: int = REPLICATIONS) -> list[str]:
    """Say everything that the figures rest on, in the order in which a reader asks."""
    names = {party.key: party.name for party in table.parties}
    staff = [f"{names.get(one.party, one.party)} {one.people}人" for one in scenario.staff if one.people]
    away = [f"{names.get(one.party)} {one.absence:.0%}" for one in scenario.staff if one.absence]
    measured_rows = sum("計測" in row.work.basis for row in table.rows)
    said = [
        f"期間: {scenario.first} から {scenario.days} 日。年 {scenario.cases_per_year:,.0f} 件が偶然の間隔で届く。",
        "受付は24時間(電子申請)。" if scenario.online else "受付は開庁時間だけ。",
        "勤務は土日、祝日、12月29日から1月3日までを除く 8:30–12:00、13:00–17:15。",
        f"人員: {'、'.join(staff) or '数えない'}。書いていない担い手は待たせない。",
        f"不在の割合: {'、'.join(away)}。" if away else "職員の不在は見込まない。",
        "作業の時間は最短・ふつう・最長を三角形に散らす。届いた順に処理し、閉庁で止まった作業は次の開庁時に続ける。",
        f"手順の時間のうち計測したもの {measured_rows} 件、見積り {len(table.rows) - measured_rows} 件。",
        f"乱数を変えて {replications} 回繰り返した平均と95%信頼区間。現状と見直し案には同じ乱数を使う。",
        f"1回の来庁に住民は {scenario.visit_minutes:g} 分かかる。",
    ]
    if any(row.kind == NodeKind.INCLUSIVE for row in table.rows):
        said.append("「複数の判断」は、一つだけ選ぶものとして計算する。")
    if scenario.overtime:
        said.append(f"仕事が残る日は {scenario.overtime} 分まで残業する。")
    return said
