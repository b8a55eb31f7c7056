"""Trial calculations 試算 of a flow: the flow, its as-is, and the same with fewer people."""

from dataclasses import replace
from typing import Any

from todoke.file_validation.bounded_read import ReadLimits, read_within
from todoke.flows.models import Flow
from todoke.flows.simulation.replications import (
    MEASURE_LABELS,
    Estimate,
    SimulationResult,
    assumptions,
    paired_difference,
    simulate_each,
)
from todoke.flows.simulation.scenario import Scenario
from todoke.flows.step_table import StepTable
from todoke.studio.forms.flows import TrialForm, with_fewer

LIMITS = ReadLimits(
    seconds=30,
    megabytes=500,
    too_long="試算が{seconds}秒で終わらないので、打ち切りました。日数か1年の件数を小さくして、もう一度お試しください。",
)


def trial_results(flow: Flow, form: TrialForm) -> dict[str, Any]:
    """Simulate what the form asks for; as-is and to-be use the same random numbers.

    Raises Unreadable when table or scenario is incomplete or a limit is reached, Busy.
    """
    table, scenario = flow.table, form.scenario()
    fewer_people = form.cleaned_data["fewer"]
    asked = {"result": (table, scenario)}
    if flow.origin and flow.origin.table.rows:
        asked["before"] = (flow.origin.table, _for(flow.origin.table, table, scenario))
    if fewer_people:
        asked["fewer"] = (table, with_fewer(scenario, fewer_people))
    results = dict(zip(asked, read_within(LIMITS, simulate_each, list(asked.values())), strict=True))
    result = results["result"]
    found: dict[str, Any] = {
        "result": result,
        "measures": _lines(result),
        "assumptions": assumptions(table, scenario),
        "scenario": scenario,
    }
    if "before" in results:
        found["against"] = _compared("現状", results["before"], result)
    if fewer_people:
        found |= {"fewer": _compared("いまの人数", result, results["fewer"]), "fewer_people": fewer_people}
    return found


def _for(other: StepTable, table: StepTable, scenario: Scenario) -> Scenario:
    """Return the scenario for the as-is table, with staff by post name; unknown posts get one person."""
    people = {party.name: staff for party in table.parties for staff in scenario.staff if staff.party == party.key}
    staff = []
    for party in other.parties:
        known = people.get(party.name)
        if known:
            staff.append(replace(known, party=party.key))
        elif party.kind in {"post", "body"} and scenario.staff:
            staff.append(replace(scenario.staff[0], party=party.key, people=1))
    return replace(scenario, staff=tuple(staff))


def _lines(result: SimulationResult) -> list[tuple[str, str, str]]:
    return [
        (term, _figure(key, result.measures[key].mean), _span(key, result.measures[key]))
        for key, term in MEASURE_LABELS.items()
    ]


def _compared(name: str, before: SimulationResult, after: SimulationResult) -> dict[str, Any]:
    gaps = paired_difference(before, after)
    lines = []
    for key, term in MEASURE_LABELS.items():
        sure = "差がある" if gaps[key].excludes_zero() else "差があるとはいえない"
        old, new = before.measures[key].mean, after.measures[key].mean
        gap = _figure(key, gaps[key].mean, signed=True)
        lines.append((term, _figure(key, old), _figure(key, new), gap, _span(key, gaps[key], signed=True), sure))
    return {"name": name, "lines": lines}


def _figure(key: str, value: float, *, signed: bool = False) -> str:
    sign = "+" if signed and value > 0 else ""
    if key == "in_time":
        return f"{sign}{value * 100:.1f}{'ポイント' if signed else '%'}"
    return f"{sign}{value:,.0f}" if key in {"cost", "open_at_end"} else f"{sign}{value:,.2f}"


def _span(key: str, value: Estimate, *, signed: bool = False) -> str:
    return f"{_figure(key, value.low, signed=signed)} ~ {_figure(key, value.high, signed=signed)}"
