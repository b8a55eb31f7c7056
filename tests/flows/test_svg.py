"""Anyone can read the drawing: nothing lies on anything else, and the words say what the colours say."""

import json
from dataclasses import replace
from io import StringIO
from itertools import combinations, pairwise
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from lxml import etree

from tests.cast.flows import PERMIT, written_by_a_clerk
from todoke.flows.bpmn.bpmn_reader import read_bpmn
from todoke.flows.bpmn.bpmn_writer import write_bpmn
from todoke.flows.bpmn.positions import with_positions
from todoke.flows.diagram.layout import compute_layout
from todoke.flows.diagram.shapes_and_arrows import DiagramLayout
from todoke.flows.diagram.svg import ChangeKind, diagram_layout, page_boxes, render_svg
from todoke.flows.diagram.text_metrics import text_width, wrap_text
from todoke.flows.flow_templates import TEMPLATES
from todoke.flows.step_table import Box, FlowEdge, FlowNode, StepTable, with_implicit_nodes

FLOWS = {one.key: one.table() for one in TEMPLATES} | {"clerk": written_by_a_clerk(), "permit": read_bpmn(PERMIT)}


def touches(a: tuple[float, float], b: tuple[float, float], box: Box) -> bool:
    """Whether a level or upright part of an arrow enters a box."""
    low_x, high_x, low_y, high_y = min(a[0], b[0]), max(a[0], b[0]), min(a[1], b[1]), max(a[1], b[1])
    return low_x < box.right and high_x > box.x and low_y < box.bottom and high_y > box.y


def faults(layout: DiagramLayout) -> list[str]:
    """Everything that lies on something else."""
    found = []
    symbols = [(shape.row.key, shape.box) for shape in layout.nodes]
    texts = [(f"text of {shape.row.key}", shape.label) for shape in layout.nodes if shape.label]
    texts += [(f"text of {arrow.link.key}", arrow.label) for arrow in layout.edges if arrow.label]
    for (one, first), (other, second) in combinations([*symbols, *texts], 2):
        if first.overlaps(second):
            found.append(f"{one} lies on {other}")
    for arrow in layout.edges:
        for a, b in pairwise(arrow.points):
            assert a[0] == b[0] or a[1] == b[1], "our arrows are level or upright"
            own = {arrow.link.source, arrow.link.target}
            found += [
                f"{arrow.link.key} crosses {key}" for key, box in symbols if key not in own and touches(a, b, box)
            ]
            found += [f"{arrow.link.key} crosses {name}" for name, box in texts if touches(a, b, box)]
    return found + shared_ways(layout)


def shared_ways(layout: DiagramLayout) -> list[str]:
    """Arrows that run on top of one another, unless they begin or end at the same row."""
    found = []
    for one, other in combinations(layout.edges, 2):
        if one.link.source == other.link.source or one.link.target == other.link.target:
            continue
        for (a, b), (c, d) in ((p, q) for p in pairwise(one.points) for q in pairwise(other.points)):
            for axis in (0, 1):
                level = a[1 - axis] == b[1 - axis] == c[1 - axis] == d[1 - axis]
                common = min(max(a[axis], b[axis]), max(c[axis], d[axis])) - max(
                    min(a[axis], b[axis]), min(c[axis], d[axis])
                )
                if level and common > 1:
                    found.append(f"{one.link.key} runs on {other.link.key}")
    return found


@pytest.mark.parametrize("name", FLOWS)
def test_nothing_lies_on_anything_else(name: str) -> None:
    assert faults(compute_layout(with_implicit_nodes(FLOWS[name]))) == []


@pytest.mark.parametrize("name", FLOWS)
def test_every_text_fits_its_box(name: str) -> None:
    for shape in compute_layout(with_implicit_nodes(FLOWS[name])).nodes:
        if shape.label is None and shape.lines:
            assert max(text_width(line) for line in shape.lines) <= shape.box.width - 8
            assert 16 * len(shape.lines) <= shape.box.height - 8


def test_lanes_hold_the_rows_of_their_party() -> None:
    table = with_implicit_nodes(written_by_a_clerk())
    layout = compute_layout(table)
    lanes = {lane.key: lane.box for lane in layout.lanes}
    for shape in layout.nodes:
        lane = lanes[shape.row.party]
        assert lane.y <= shape.box.y
        assert shape.box.bottom <= lane.bottom


def test_places_that_came_along_are_kept() -> None:
    rows = (FlowNode("a", "一", box=Box(10, 20, 100, 60)), FlowNode("b", "二", box=Box(300, 20, 100, 60)))
    links = (FlowEdge("l", "a", "b", "次", points=((110, 50), (300, 50))),)
    layout = diagram_layout(StepTable(rows=rows, links=links, foreign=True))
    assert [shape.box.x for shape in layout.nodes] == [10, 300]
    assert layout.edges[0].points == ((110, 50), (300, 50))
    assert faults(layout) == []


def test_our_layout_goes_along_into_bpmn() -> None:
    drawn = with_positions(with_implicit_nodes(written_by_a_clerk()))
    again = read_bpmn(write_bpmn(drawn))
    assert diagram_layout(again) == compute_layout(with_implicit_nodes(again))


def test_a_difference_is_said_by_sign_dashes_and_words() -> None:
    svg = render_svg(written_by_a_clerk(), {"1": ChangeKind.REMOVED, "2": ChangeKind.ADDED})
    for sign in (">×<", ">+<", "stroke-dasharray", "廃止 作業 申請書を書く", "追加 作業 確かめる"):
        assert sign in svg


def test_the_drawing_is_plain_xml_without_styles_or_scripts() -> None:
    table = replace(written_by_a_clerk(), title='<script>alert("1")</script>&')
    svg = render_svg(table)
    root = etree.fromstring(svg.encode())
    assert not [element for element in root.iter() if etree.QName(element).localname in {"script", "style"}]
    assert not any("style" in element.attrib for element in root.iter())
    assert root.get("role") == "img"
    assert "手順 3 件" in str(root.get("aria-label"))


def test_a_long_flow_is_cut_into_sheets_between_columns() -> None:
    rows = tuple(FlowNode(f"r{n}", f"手順{n}") for n in range(60))
    links = tuple(FlowEdge(f"l{n}", f"r{n}", f"r{n + 1}") for n in range(59))
    table = StepTable(rows=rows, links=links)
    parts = page_boxes(table)
    assert len(parts) > 1
    for shape in diagram_layout(table).nodes:
        assert any(part.x <= shape.box.x and shape.box.right <= part.right for part in parts)


def test_words_break_where_japanese_breaks() -> None:
    assert wrap_text("申請書を受け付け、確かめる。", 78, 5)[0] == "申請書を受け"
    assert all(not line.startswith(("、", "。")) for line in wrap_text("申請書を確かめ、直す。" * 3, 91, 9))
    assert wrap_text("あいうえおかきくけこ", 39, 2) == ("あいう", "えお…")


def test_the_command_draws(tmp_path: Path) -> None:
    path = tmp_path / "permit.bpmn"
    path.write_bytes(PERMIT)
    out, notes = StringIO(), StringIO()
    call_command("flow", str(path), "--svg", stdout=out, stderr=notes)
    assert out.getvalue().startswith("<svg")
    assert "スクリプト" in notes.getvalue()


def test_the_command_gives_the_table_and_refuses_in_words(tmp_path: Path) -> None:
    path = tmp_path / "permit.bpmn"
    path.write_bytes(PERMIT)
    out = StringIO()
    call_command("flow", str(path), "--json", stdout=out)
    assert [step["name"] for step in json.loads(out.getvalue())["steps"]][1] == "申請する"
    path.write_bytes(b"<!DOCTYPE x []><x/>")
    with pytest.raises(CommandError, match="DTD"):
        call_command("flow", str(path), "--json")
