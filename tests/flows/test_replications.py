"""An analyst trusts the trial calculation because it agrees with theory and with itself."""

from dataclasses import replace
from datetime import date
from math import factorial
from statistics import fmean
from typing import Any

import pytest

from tests.cast import present
from todoke.flows.diff import remove_steps
from todoke.flows.flow_templates import template_by_key
from todoke.flows.simulation import engine, numba_kernel
from todoke.flows.simulation.business_hours import calendar_from_intervals, office_calendar
from todoke.flows.simulation.replications import assumptions, estimate, paired_difference, simulate, summarize_run
from todoke.flows.simulation.scenario import Scenario, Staff, build_input, replication_seed
from todoke.flows.step_rows import table_from_cells
from todoke.flows.step_table import StepTable
from todoke.japanese.calendar import is_office_day
from todoke.runtime.refusals import NotYet

BENEFIT = [
    {"name": "受け付ける", "party": "窓口", "least": "3", "usual": "5", "most": "12"},
    {"name": "確かめる", "party": "審査", "least": "4", "usual": "8", "most": "20", "next": "3 85%; 1 15%"},
    {"name": "決裁する", "party": "課長", "least": "1", "usual": "2", "most": "6", "wait": "60"},
    {"name": "通知する", "party": "窓口", "usual": "3"},
]


def benefit() -> StepTable:
    return table_from_cells(BENEFIT, "手当")[0]


def conditions(table: StepTable, cases: float = 3000, people: int = 1, **more: Any) -> Scenario:
    staff = tuple(Staff(party.key, people, yen_per_hour=3000) for party in table.parties)
    return Scenario(cases_per_year=cases, staff=staff, **more)


def test_waiting_agrees_with_erlang_c() -> None:
    servers, service, load = 4, 10.0, 0.71
    table = table_from_cells([{"name": "応対", "party": "窓口", "usual": str(service)}])[0]
    per_minute = load * servers / service
    scenario = Scenario(
        cases_per_year=per_minute * 1440 * 365,
        staff=(Staff(table.parties[0].key, servers),),
        days=20,
        law="exponential",
        open_all_hours=True,
    )
    waits = []
    for replication in range(12):
        inputs, _ = build_input(table, scenario, replication_seed(7, replication))
        waits.append(fmean(engine.run_in_python(inputs).queued))
    a = load * servers
    tail = a**servers / factorial(servers) / (1 - load)
    chance = tail / (sum(a**k / factorial(k) for k in range(servers)) + tail)
    theory = chance * service / (servers * (1 - load))
    found = estimate(waits)
    assert found.low <= theory <= found.high
    assert found.half_width < 0.1 * theory


def test_littles_law_holds_on_every_run() -> None:
    table = benefit()
    scenario = conditions(table)
    for replication in range(3):
        inputs, full = build_input(table, scenario, replication_seed(1, replication))
        state = engine.run_in_python(inputs)
        run = summarize_run(inputs, state, full, scenario)
        assert run.finished == run.arrived_cases
        rate = run.arrived_cases / max(state.completed_at) * 60
        assert run.in_system == pytest.approx(rate * run.mean_hours, rel=1e-9)


def test_staff_hours_are_the_sum_of_the_work_exactly() -> None:
    table = benefit()
    inputs, full = build_input(table, conditions(table), 5)
    state = engine.run_in_python(inputs, recorded=50_000)
    pieces = [state.trace[n * 5 : n * 5 + 5] for n in range(state.counts[1])]
    run = summarize_run(inputs, state, full, conditions(table))
    assert sum(run.work) * 60 == pytest.approx(sum(piece[4] for piece in pieces), rel=1e-12)
    assert sum(state.busy) == pytest.approx(sum(state.worked), rel=1e-12)
    assert run.cost == pytest.approx(sum(run.work) * 3000)


def test_nobody_works_outside_office_hours() -> None:
    table = benefit()
    scenario = conditions(table, days=40)
    inputs, _ = build_input(table, scenario, 3)
    state = engine.run_in_python(inputs, recorded=50_000)
    opened = office_calendar(scenario.first, 400)
    for n in range(state.counts[1]):
        _, _, begin, end, work = state.trace[n * 5 : n * 5 + 5]
        inside = sum(max(0.0, min(end, b) - max(begin, a)) for a, b in zip(opened.starts, opened.ends, strict=True))
        assert inside == pytest.approx(work, abs=1e-6)
        assert any(a <= begin <= b for a, b in zip(opened.starts, opened.ends, strict=True))


def test_the_office_is_closed_on_holidays_and_at_the_end_of_the_year() -> None:
    first = date(2026, 12, 28)
    calendar = office_calendar(first, 8)
    days = {int(start // 1440) for start in calendar.starts}
    assert days == {0, 7}
    assert [is_office_day(date.fromordinal(first.toordinal() + n)) for n in range(8)] == [n in days for n in range(8)]


def test_a_calendar_joins_stretches_that_touch() -> None:
    calendar = calendar_from_intervals([(0, 10), (10, 20), (30, 40)])
    assert (calendar.starts, calendar.ends, calendar.before) == ((0, 30), (20, 40), (0, 20))


def test_the_same_seed_gives_the_same_result() -> None:
    table = benefit()
    first = simulate(table, conditions(table, 500), replications=3, seed=9)
    assert first == simulate(table, conditions(table, 500), replications=3, seed=9)
    assert first != simulate(table, conditions(table, 500), replications=3, seed=10)


@pytest.mark.slow
@pytest.mark.skipif(not numba_kernel.is_available(), reason="numba is a tool of development")
@pytest.mark.parametrize("law", ["triangle", "exponential"])
def test_the_compiled_kernel_gives_the_very_same_numbers(law: str) -> None:
    table = present(template_by_key("moving")).table()
    scenario = replace(conditions(table, 2000, overtime=60), law=law)
    inputs, _ = build_input(table, scenario, 11)
    plain, fast = engine.run_in_python(inputs), numba_kernel.compiled_kernel()(inputs, 0)
    for name in set(plain._fields) - {"visits", "arrived", "event_queue"}:
        assert getattr(plain, name) == getattr(fast, name), name


def test_as_is_and_to_be_share_their_luck() -> None:
    table = benefit()
    shorter = remove_steps(table, {table.rows[2].key})
    before = simulate(table, conditions(table, 1000), replications=8)
    after = simulate(shorter, conditions(table, 1000), replications=8)
    common = paired_difference(before, after)["mean_hours"]
    assert [run.arrived_cases for run in before.runs] == [run.arrived_cases for run in after.runs]
    assert common.excludes_zero()
    assert common.mean < 0
    apart = before.measures["mean_hours"].half_width + after.measures["mean_hours"].half_width
    assert common.half_width < apart


def test_fewer_clerks_make_people_wait_longer() -> None:
    table = benefit()
    two = simulate(table, conditions(table, 12000, people=3, days=60), replications=3)
    one = simulate(table, conditions(table, 12000, people=2, days=60), replications=3)
    assert paired_difference(two, one)["waited_hours"].low > 0


def test_absence_and_season_change_the_load() -> None:
    table = benefit()
    staff = tuple(Staff(party.key, 1, absence=0.3) for party in table.parties)
    full = simulate(table, conditions(table, 4000), replications=3)
    away = simulate(table, replace(conditions(table, 4000), staff=staff), replications=3)
    assert paired_difference(full, away)["waited_hours"].low > 0
    spring = (6.0, *([1.0] * 11))
    peak = simulate(table, replace(conditions(table, 4000), season=spring), replications=3)
    assert paired_difference(full, peak)["waited_hours"].low > 0
    assert peak.arrived_cases.mean == pytest.approx(4000, rel=0.05)


def test_overtime_is_counted_only_after_the_shift() -> None:
    table = benefit()
    busy = conditions(table, 14000, days=60)
    assert simulate(table, busy, replications=2).measures["overtime_hours"].mean == 0
    late = simulate(table, replace(busy, overtime=120), replications=2)
    assert 0 < late.measures["overtime_hours"].mean < sum(late.runs[0].work)


def test_all_ways_at_the_same_time_are_waited_for() -> None:
    table = present(template_by_key("moving")).table()
    inputs, full = build_input(table, conditions(table, 300, people=5), 2)
    state = engine.run_in_python(inputs)
    assert {state.executions[n] for n, row in enumerate(full.rows) if row.name and inputs.kinds[n] == engine.TASK} == {
        len(inputs.arrivals)
    }
    assert all(done < engine.NEVER for done in state.completed_at)


def test_a_single_run_is_never_shown() -> None:
    with pytest.raises(ValueError, match="1回だけ"):
        simulate(benefit(), conditions(benefit(), 100), replications=1)


def test_the_figures_say_what_they_rest_on() -> None:
    said = "\n".join(assumptions(benefit(), conditions(benefit())))
    for word in ("祝日", "窓口 1人", "95%信頼区間", "年 3,000 件", "見積り"):
        assert word in said


def test_conditions_that_cannot_be_calculated_are_explained() -> None:
    with pytest.raises(NotYet, match="重み"):
        simulate(benefit(), replace(conditions(benefit()), season=(0.0,) * 12), replications=2)
