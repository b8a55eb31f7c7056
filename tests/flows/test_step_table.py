"""What a clerk leaves unsaid is drawn, and taken away again before the clerk sees the table."""

from dataclasses import replace

import pytest

from tests.cast.flows import links, rows, written_by_a_clerk
from todoke.flows.step_table import (
    Box,
    FlowEdge,
    FlowNode,
    NodeKind,
    StepTable,
    with_implicit_nodes,
    without_implicit_nodes,
)

START, END = FlowNode("s", "", NodeKind.START), FlowNode("e", "", NodeKind.END)


def ways(table: StepTable) -> set[tuple[str, str]]:
    return {(link.source, link.target) for link in table.links}


def test_a_beginning_and_an_end_are_added_in_the_lane_of_their_neighbour() -> None:
    table = StepTable(rows=(FlowNode("a", party="x", pool="p"), FlowNode("b", party="y", pool="q")), links=links("a-b"))
    full = with_implicit_nodes(table)
    assert [row.name for row in full.rows] == [""] * 4
    assert [(row.key, row.kind, row.party, row.pool, row.implicit) for row in full.rows] == [
        ("start", NodeKind.START, "x", "p", True),
        ("a", NodeKind.TASK, "x", "p", False),
        ("b", NodeKind.TASK, "y", "q", False),
        ("end", NodeKind.END, "y", "q", True),
    ]
    assert ways(full) == {("start", "a"), ("a", "b"), ("b", "end")}
    assert {link.key for link in full.links if link.implicit} == {"start-next", "b-end"}


def test_what_is_said_already_is_not_added() -> None:
    table = StepTable(rows=(START, *rows("a"), END), links=links("s-a", "a-e"))
    assert with_implicit_nodes(table) == table
    assert with_implicit_nodes(StepTable()) == StepTable()


def test_every_step_that_leads_nowhere_leads_to_one_end() -> None:
    table = StepTable(rows=(START, *rows("a", "b", "c")), links=links("s-a", "a-b", "a-c"))
    full = with_implicit_nodes(table)
    assert [row.key for row in full.rows if row.kind == NodeKind.END] == ["end"]
    assert {("b", "end"), ("c", "end")} <= ways(full)


def test_an_arrow_to_nowhere_leads_to_the_end_in_the_lane_it_leaves() -> None:
    table = StepTable(
        rows=(START, FlowNode("a", party="x", pool="p"), END), links=(*links("s-a", "a-e"), FlowEdge("loose", "a", ""))
    )
    full = with_implicit_nodes(table)
    assert full.row("end").party == "x"
    assert full.row("end").pool == "p"
    assert ("a-branch", "end") in ways(full)


def test_a_message_is_no_next_step() -> None:
    table = StepTable(rows=(START, *rows("a")), links=(FlowEdge("m", "a", "s", message=True), *links("s-a")))
    full = with_implicit_nodes(table)
    assert ("a", "end") in ways(full)
    assert full.links[-2].key == "m"
    assert full.outgoing("a") == [link for link in full.links if link.key == "a-end"]


def test_a_task_with_several_nexts_gets_a_decision_behind_it() -> None:
    table = StepTable(
        rows=(START, FlowNode("a", party="x", pool="p"), *rows("b", "c")), links=links("s-a", "a-b 0.3", "a-c")
    )
    full = with_implicit_nodes(table)
    branch = full.row("a-branch")
    assert branch.name == ""
    assert (branch.kind, branch.party, branch.pool, branch.implicit) == (NodeKind.EXCLUSIVE, "x", "p", True)
    assert [row.key for row in full.rows].index("a-branch") == 2
    assert {("a", "a-branch"), ("a-branch", "b"), ("a-branch", "c")} <= ways(full)
    assert [link.implicit for link in full.links if link.source == "a"] == [True]


@pytest.mark.parametrize("change", [{"kind": NodeKind.EXCLUSIVE}, {"inner": ("<x/>",)}, {"tag": "userTask"}])
def test_a_gateway_or_a_foreign_row_branches_by_itself(change: dict[str, object]) -> None:
    forks = replace(FlowNode("a", party="c"), **change)  # type: ignore[arg-type] # any one field
    table = StepTable(rows=(START, forks, *rows("b", "c")), links=links("s-a", "a-b", "a-c"))
    assert not any(row.key == "a-branch" for row in with_implicit_nodes(table).rows)


def test_a_table_of_another_program_stays_as_it_is() -> None:
    table = StepTable(rows=rows("a"), foreign=True)
    assert with_implicit_nodes(table) == table


def test_what_was_drawn_is_taken_away_again() -> None:
    for table in (
        written_by_a_clerk(),
        StepTable(rows=rows("a", "b"), links=(*links("a-b"), FlowEdge("out", "a", ""))),
    ):
        again = without_implicit_nodes(with_implicit_nodes(table))
        assert again.rows == table.rows
        assert {(link.key, link.source, link.target) for link in again.links} == {
            (link.key, link.source, link.target) for link in table.links
        }


def test_a_table_without_anything_drawn_is_not_touched() -> None:
    table = StepTable(rows=(START, *rows("a"), END), links=links("s-a", "a-e"))
    assert without_implicit_nodes(table) is table


def test_a_row_knows_the_name_of_its_party_and_an_unknown_party_has_none() -> None:
    table = written_by_a_clerk()
    assert table.party_name(table.row("1")) == "住民"
    assert table.party_name(FlowNode("x", party="nobody")) == ""


def test_a_box_knows_its_edges_and_its_middle() -> None:
    box = Box(10, 20, 30, 40)
    assert (box.right, box.bottom, box.center) == (40, 60, (25, 40))


@pytest.mark.parametrize(
    ("other", "lies"),
    [
        (Box(5, 5, 10, 10), True),
        (Box(10, 0, 10, 10), False),
        (Box(-10, 0, 10, 10), False),
        (Box(0, 10, 10, 10), False),
        (Box(0, -10, 10, 10), False),
        (Box(9, 9, 10, 10), True),
        (Box(-9, -9, 10, 10), True),
    ],
)
def test_boxes_that_only_touch_do_not_overlap(other: Box, lies: bool) -> None:
    assert Box(0, 0, 10, 10).overlaps(other) is lies


@pytest.mark.parametrize("other", [Box(9, 0, 10, 10), Box(-9, 0, 10, 10), Box(0, 9, 10, 10), Box(0, -9, 10, 10)])
def test_a_pixel_or_two_may_be_forgiven(other: Box) -> None:
    assert not Box(0, 0, 10, 10).overlaps(other, tolerance=2)
