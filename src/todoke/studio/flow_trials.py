"""Trial calculations 試算 of a flow: the flow, its as-is, and the same with fewer people."""

from dataclasses import replace
from typing import Any

from todoke.flows.dataclass_json import from_plain, to_plain
from todoke.flows.models import Calculation, Flow
from todoke.flows.simulation.replications import (
    MEASURE_LABELS,
    Estimate,
    SimulationResult,
    assumptions,
    paired_difference,
)
from todoke.flows.simulation.scenario import Scenario
from todoke.flows.step_table import StepTable
from todoke.runtime.refusals import NotYet
from todoke.studio.flow_editor import get_flow
from todoke.studio.forms.flows import TrialForm, with_fewer


def trial_order(flow: Flow, form: TrialForm) -> dict[str, Any]:
    """Return the order of what the form asks for, to be simulated; as-is and to-be use the same random numbers.

    Raises NotYet for a table without rows.
    """
    table, scenario = flow.table, form.scenario()
    if not table.rows:
        raise NotYet("手順がまだありません。表に手順を書いてから試算してください。")
    pairs = {"result": (table, scenario)}
    if flow.origin and flow.origin.table.rows:
        pairs["before"] = (flow.origin.table, _for(flow.origin.table, table, scenario))
    if form.cleaned_data["fewer"]:
        pairs["fewer"] = (table, with_fewer(scenario, form.cleaned_data["fewer"]))
    typed = {name: str(value) for name, value in form.data.items() if name in form.fields}
    return {"flow": flow.number, "typed": typed, "pairs": to_plain(pairs)}


def trial_context(asked: Calculation) -> dict[str, Any]:
    """Return what the page of a finished simulation shows, with the form as it was filled in."""
    order = asked.order
    flow = get_flow(order["flow"])
    found = from_plain(list[SimulationResult], asked.result)
    results = dict(zip(order["pairs"], found, strict=True))
    table, scenario = from_plain(tuple[StepTable, Scenario], order["pairs"]["result"])
    form = TrialForm(order["typed"], table, flow.scenario)
    result, fewer_people = results["result"], order["typed"].get("fewer", "")
    shown: dict[str, Any] = {
        "flow": flow,
        "form": form,
        "here": "trial",
        "result": result,
        "measures": _lines(result),
        "assumptions": assumptions(table, scenario),
        "scenario": scenario,
    }
    if "before" in results:
        shown["against"] = _compared("現状", results["before"], result)
    if "fewer" in results:
        shown |= {"fewer": _compared("いまの人数", result, results["fewer"]), "fewer_people": fewer_people}
    return shown


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
