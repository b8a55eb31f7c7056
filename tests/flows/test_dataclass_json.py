"""What a calculation was asked for and what it found come back from JSON as they were."""

import json
from datetime import date

import pytest

from tests.cast.event_logs import SMALL
from todoke.flows.dataclass_json import from_plain, to_plain
from todoke.flows.flow_templates import TEMPLATES
from todoke.flows.mining.discovery import discover_file
from todoke.flows.mining.log_analysis import LogAnalysis, Narrowing, analyse_file
from todoke.flows.simulation.replications import SimulationResult, simulate
from todoke.flows.simulation.scenario import Scenario, Staff
from todoke.flows.step_table import StepTable


@pytest.mark.parametrize("template", TEMPLATES, ids=[one.key for one in TEMPLATES])
def test_a_table_comes_back_as_it_was(template: object) -> None:
    table = template.table()  # type: ignore[attr-defined]
    assert from_plain(StepTable, json.loads(json.dumps(to_plain(table)))) == table


def test_a_scenario_and_its_result_come_back_as_they_were() -> None:
    table = TEMPLATES[0].table()
    staff = tuple(Staff(party.key, 2, absence=0.1) for party in table.parties)
    scenario = Scenario(300.0, staff, first=date(2026, 4, 1), days=28)
    assert from_plain(Scenario, json.loads(json.dumps(to_plain(scenario)))) == scenario
    found = simulate(table, scenario, replications=2)
    assert from_plain(SimulationResult, json.loads(json.dumps(to_plain(found)))) == found


def test_an_analysis_comes_back_as_it_was() -> None:
    found = analyse_file(SMALL.encode(), "log.csv", {}, Narrowing(), TEMPLATES[0].table())
    assert found.findings == discover_file(SMALL.encode(), "log.csv", {})
    assert from_plain(LogAnalysis, json.loads(json.dumps(to_plain(found)))) == found


def test_what_is_no_data_is_refused() -> None:
    with pytest.raises(TypeError):
        from_plain(bytes, "x")
