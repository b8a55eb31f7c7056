"""Flows and logs of other programs are read as their makers meant them, and written out as valid files."""

from datetime import date
from pathlib import Path

import pytest
from lxml import etree

from todoke.flows.bpmn.bpmn_reader import read_bpmn
from todoke.flows.bpmn.bpmn_writer import write_bpmn
from todoke.flows.diagram.svg import render_svg
from todoke.flows.mining.discovery import DiscoveryResult, discover
from todoke.flows.mining.event_log import read_log
from todoke.flows.simulation.replications import simulate
from todoke.flows.simulation.scenario import Scenario
from todoke.flows.step_table import StepTable
from todoke.runtime.refusals import NotYet

REPORTS = Path(__file__).parents[1] / "assets" / "reports"


def flow(name: str) -> StepTable:
    return read_bpmn(next(REPORTS.glob(f"{name}_*")).read_bytes())


def found(name: str) -> DiscoveryResult:
    path = next(REPORTS.glob(f"{name}_*"))
    return discover(read_log(path.read_bytes(), path.name))


@pytest.mark.parametrize("name", ["b01", "b01b"])
def test_names_with_a_prefix_lead_to_the_same_parts(name: str) -> None:
    table = flow(name)
    assert [(one.source, one.target) for one in table.links if one.message] == [("P_res", "T1"), ("T2", "P_res")]
    assert table.row("B1").host == "T1"
    box = table.row("T1").box
    assert box is not None
    assert (box.x, box.y) == (240, 210)
    assert table.notes == ()


def test_a_message_into_a_sub_process_leads_to_its_row_and_back_to_where_it_was() -> None:
    table = flow("b02")
    assert [(one.source, one.target) for one in table.links if one.message] == [("P_res", "Sub")]
    assert any("「審査する」の行につなぎました" in note for note in table.notes)
    assert not any("属性" in note for note in table.notes)
    written = etree.fromstring(write_bpmn(table))
    message = written.find(".//{*}messageFlow")
    assert message is not None
    assert sorted(message.items()) == [
        ("id", "M1"),
        ("name", "追加の書類"),
        ("sourceRef", "P_res"),
        ("targetRef", "T_in"),
    ]


def test_arrows_without_ids_get_them() -> None:
    table = flow("b03")
    assert [(one.source, one.target) for one in table.links] == [("start", "check"), ("check", "tag"), ("tag", "end")]
    assert len({one.key for one in table.links}) == 3
    assert read_bpmn(write_bpmn(table)).links == table.links


def test_of_several_drawings_the_one_of_the_whole_places_the_rows() -> None:
    table = flow("b05")
    boxes = {row.key: (row.box.x, row.box.y) for row in table.rows if row.box}
    assert boxes == {"S": (152, 100), "Sub": (240, 78), "CA": (400, 78), "ESP": (240, 240), "E": (560, 100)}
    again = etree.fromstring(write_bpmn(table))
    ids = [element.get("id") for element in again.iter() if element.get("id")]
    assert len(ids) == len(set(ids))
    assert len(again.findall("{*}BPMNDiagram")) == 2


def test_a_flow_from_which_no_end_is_reached_is_refused_with_the_step() -> None:
    with pytest.raises(NotYet, match="「確かめる」からは、どう進んでも終わりに着きません"):
        simulate(flow("b04"), Scenario(100, (), date(2026, 4, 1), days=30), replications=2)


def test_a_long_flow_is_read_drawn_and_written() -> None:
    table = flow("b39")
    assert len(table.rows) > 110
    assert render_svg(table).count("<svg") == 1
    assert read_bpmn(write_bpmn(table)).rows == table.rows


def test_a_comment_in_a_log_says_nothing() -> None:
    assert (found("b06").cases, found("b06").events) == (2, 4)


@pytest.mark.parametrize("name", ["b07", "b07b", "b07c"])
def test_times_with_different_zones_in_one_log_are_read(name: str) -> None:
    assert found(name).total.median_days == pytest.approx(2.0, abs=0.05)


def test_what_a_log_declares_for_all_stands_where_an_event_says_nothing() -> None:
    result = found("b07d")
    assert dict(result.activities) == {"受付": 2, "作業名なし": 1}
    assert result.cases == 2


def test_start_and_end_of_one_act_are_one_act_with_work_and_waiting() -> None:
    result = found("b12")
    assert (result.events, result.cases_with_rework) == (4, 0)
    acts = {one.activity: one for one in result.acts}
    assert acts["受付"].work_hours == pytest.approx(0.25)
    assert acts["審査"].work_hours == pytest.approx(50 / 60)
    assert acts["審査"].wait_hours == pytest.approx((24 + 40 / 60 + 44 + 50 / 60) / 2)
    assert result.left_out == ("終わりの記録にまとめた、開始や割当てなどの記録は取り込んでいません: 5行",)


def test_columns_of_start_and_end_tell_work_and_waiting_too() -> None:
    acts = {one.activity: one for one in found("b12b").acts}
    assert acts["受付"].work_hours == pytest.approx(0.25)
    assert acts["審査"].work_hours == pytest.approx(50 / 60)


def test_a_flow_that_goes_round_nearly_for_ever_is_given_up() -> None:
    raw = next(REPORTS.glob("b04_*")).read_text()
    way_out = '<sequenceFlow id="yes" sourceRef="ok" targetRef="end" t:share="0.001" xmlns:t="https://todoke.example/bpmn/1"/>'
    table = read_bpmn(raw.replace("</process>", f"{way_out}</process>").encode())
    with pytest.raises(NotYet, match="回り続ける"):
        simulate(table, Scenario(100, (), date(2026, 4, 1), days=30), replications=2)
