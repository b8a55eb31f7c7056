"""Replications 試算: independent replications of a scenario, summarised as means with confidence intervals.

Two versions of a flow are compared on common random numbers: equal arrivals, equal random streams for each row. Times
are elapsed hours, work is hours of people.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from math import sqrt
from statistics import fmean, quantiles, stdev

from todoke.file_validation.progress_report import report_progress
from todoke.flows.simulation import engine, numba_kernel
from todoke.flows.simulation.engine_data import ReplicationState, SimulationInput
from todoke.flows.simulation.scenario import Scenario, build_input, replication_seed
from todoke.flows.step_table import NodeKind, PartyKind, StepTable
from todoke.runtime.refusals import NotYet

REPLICATIONS = 30
_COMPILE_FROM = 3_000_000
# Student's t for a two-sided 95 % interval, by degrees of freedom; beyond 30 the normal value is near enough.
_T95 = (
    12.706, 4.303, 3.182, 2.776, 2.571, 2.447, 2.365, 2.306, 2.262, 2.228, 2.201, 2.179, 2.160, 2.145, 2.131,
    2.120, 2.110, 2.101, 2.093, 2.086, 2.080, 2.074, 2.069, 2.064, 2.060, 2.056, 2.052, 2.048, 2.045, 2.042,
)  # fmt: skip


@dataclass(frozen=True)
class Estimate:
    """推定値: the mean over replications and half the width of its 95 % confidence interval."""

    mean: float
    half_width: float

    @property
    def low(self) -> float:
        """Return the lower bound of the confidence interval."""
        return self.mean - self.half_width

    @property
    def high(self) -> float:
        """Return the upper bound of the confidence interval."""
        return self.mean + self.half_width

    def excludes_zero(self) -> bool:
        """Return whether the confidence interval excludes zero."""
        return self.low > 0 or self.high < 0


@dataclass(frozen=True)
class SimulationRun:
    """1回の試算: figures of one replication; ``work`` is hours, ``busy`` the utilization (0 to 1), both by party."""

    arrived_cases: int
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


MEASURE_LABELS = {
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
class SimulationResult:
    """試算の結果: estimates of each measure, of work and utilization by party, and the runs."""

    measures: dict[str, Estimate]
    parties: tuple[tuple[str, Estimate, Estimate], ...]
    arrived_cases: Estimate
    replications: int
    runs: tuple[SimulationRun, ...]


def estimate(values: list[float]) -> Estimate:
    """Return mean and 95 % confidence interval (Student's t). Raises ValueError for fewer than two values."""
    if len(values) < 2:
        raise ValueError("1回だけの試算は示せません。2回以上繰り返してください。")
    t = _T95[len(values) - 2] if len(values) <= len(_T95) + 1 else 1.96
    return Estimate(fmean(values), t * stdev(values) / sqrt(len(values)))


def choose_kernel(
    table: StepTable, scenario: Scenario, replications: int
) -> Callable[[SimulationInput], ReplicationState]:
    """Return the compiled engine where it is installed and the volume is worth compiling, else the plain one."""
    volume = (scenario.cases or scenario.cases_per_year * scenario.days / 365) * len(table.rows) * replications
    if volume < _COMPILE_FROM or not numba_kernel.is_available():
        return engine.run_in_python
    fast = numba_kernel.compiled_kernel()
    return lambda inputs: fast(inputs, 0)


def simulate(
    table: StepTable, scenario: Scenario, *, replications: int = REPLICATIONS, seed: int = 1,
    noted: Callable[[int], None] = lambda done: None,
) -> SimulationResult:  # fmt: skip
    """Return the estimates of ``replications`` runs of a table; ``noted`` is told how many are done before each.

    Raises NotYet when table or scenario is incomplete, or cases go round without an end.
    """
    run = choose_kernel(table, scenario, replications)
    runs = []
    names: tuple[str, ...] = ()
    for replication in range(replications):
        noted(replication)
        inputs, full = build_input(table, scenario, replication_seed(seed, replication))
        state = run(inputs)
        if state.counts[0] > (len(inputs.arrivals) + 1) * len(inputs.kinds) * engine.MAX_PASSES:
            raise NotYet(
                "同じ手順を何十回も回り続けるので、試算をやめました。戻る割合を小さくするか、終わりへ進む枝を足してください。"
            )
        runs.append(summarize_run(inputs, state, full, scenario))
        names = tuple(party.name for party in full.parties)
    parties = tuple(
        (name, estimate([one.work[n] for one in runs]), estimate([one.busy[n] for one in runs]))
        for n, name in enumerate(names)
    )
    measures = {key: estimate([float(getattr(one, key)) for one in runs]) for key in MEASURE_LABELS}
    return SimulationResult(
        measures, parties, estimate([float(one.arrived_cases) for one in runs]), replications, tuple(runs)
    )


def simulate_each(pairs: Sequence[tuple[StepTable, Scenario]]) -> list[SimulationResult]:
    """Return the estimates of several tables and scenarios, with the same random numbers. Raises NotYet."""
    whole = len(pairs) * REPLICATIONS
    return [
        simulate(table, scenario, noted=partial(_note, number * REPLICATIONS, whole))
        for number, (table, scenario) in enumerate(pairs)
    ]


def _note(before: int, whole: int, done: int) -> None:
    report_progress(before + done, whole)


def paired_difference(before: SimulationResult, after: SimulationResult) -> dict[str, Estimate]:
    """Return the estimates of ``after`` minus ``before``, paired by replication (common random numbers)."""
    pairs = list(zip(before.runs, after.runs, strict=True))
    return {key: estimate([getattr(b, key) - getattr(a, key) for a, b in pairs]) for key in MEASURE_LABELS}


def summarize_run(
    inputs: SimulationInput, state: ReplicationState, table: StepTable, scenario: Scenario
) -> SimulationRun:
    """Return the figures of one replication; a case that does not end within the horizon counts as open."""
    spans = [d - a for d, a in zip(state.completed_at, inputs.arrivals, strict=False) if d < engine.NEVER] or [0.0]
    came, finished = len(inputs.arrivals), sum(d < engine.NEVER for d in state.completed_at[: len(inputs.arrivals)])
    horizon = scenario.days * 1440.0
    limit = scenario.deadline_days * 1440.0
    cuts = quantiles(spans, n=20) if len(spans) > 1 else spans * 19
    work = _work_hours(inputs, state, table)
    rates = {staff.party: staff.yen_per_hour for staff in scenario.staff}
    return SimulationRun(
        arrived_cases=came,
        finished=finished,
        mean_hours=fmean(spans) / 60,
        median_hours=cuts[9] / 60,
        p95_hours=cuts[18] / 60,
        waited_hours=fmean(state.queued or [0.0]) / 60,
        in_time=sum(span <= limit for span in spans) / max(1, came) if limit and finished else float(not limit),
        open_at_end=sum(done > horizon for done in state.completed_at[:came]),
        in_system=_mean_in_system(inputs.arrivals, state.completed_at),
        overtime_hours=sum(state.overtime) / 60,
        resident_hours=_resident_hours(state, table, scenario, came),
        cost=sum(hours * rates.get(party.key, 0.0) for party, hours in zip(table.parties, work, strict=True)),
        work=work,
        busy=_utilization(inputs, state, work, horizon),
    )


def _work_hours(inputs: SimulationInput, state: ReplicationState, table: StepTable) -> tuple[float, ...]:
    hours = dict.fromkeys((party.key for party in table.parties), 0.0)
    for row, minutes in zip(table.rows, state.worked, strict=True):
        if row.party in hours:
            hours[row.party] += minutes / 60
    return tuple(hours.values())


def _utilization(
    inputs: SimulationInput, state: ReplicationState, work: tuple[float, ...], horizon: float
) -> tuple[float, ...]:
    """Return the utilization of each party: work per open time within the period, 0 where nobody is counted."""
    loads = []
    for number, hours in enumerate(work):
        servers = range(inputs.resource_lows[number], inputs.resource_highs[number])
        opened = sum(_open_minutes(inputs, inputs.calendars[server], horizon) for server in servers)
        loads.append(hours * 60 / opened if opened else 0.0)
    return tuple(loads)


def _open_minutes(inputs: SimulationInput, calendar: int, horizon: float) -> float:
    return engine.open_minutes_before(inputs, calendar, horizon)


def _mean_in_system(arrivals: list[float], done: list[float]) -> float:
    """Return the time-average number of cases in the system."""
    events = sorted([(t, 1) for t in arrivals] + [(t, -1) for t in done[: len(arrivals)] if t < engine.NEVER])
    inside, area, last = 0, 0.0, 0.0
    for t, step in events:
        area += inside * (t - last)
        inside, last = inside + step, t
    return area / last if last else 0.0


def _resident_hours(state: ReplicationState, table: StepTable, scenario: Scenario, came: int) -> float:
    kinds = {party.key: party.kind for party in table.parties}
    minutes = 0.0
    for row, worked, passed in zip(table.rows, state.worked, state.executions, strict=True):
        if kinds.get(row.party) == PartyKind.RESIDENT:
            minutes += worked + (passed * row.work.wait if row.work.visits or row.kind == NodeKind.TIMER else 0.0)
        minutes += passed * row.work.visits * scenario.visit_minutes
    return minutes / 60 / max(1, came)


def assumptions(table: StepTable, scenario: Scenario, replications: int = REPLICATIONS) -> list[str]:
    """Return the assumptions of a simulation as Japanese sentences."""
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
