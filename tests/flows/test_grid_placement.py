"""Every row gets a column behind its predecessors and a line of its lane; every arrow gets a free way."""

import pytest

from tests.cast.flows import links, rows
from todoke.flows.diagram.grid_placement import GridLine, drawn_edges, edge_label, place_on_grid
from todoke.flows.step_table import FlowEdge, FlowNode, NodeKind, Party, Pool, StepTable

POOLS = (Pool("p"), Pool("q"))
PARTIES = (Party("r", "住民", pool="q"), Party("c", "窓口", pool="p"), Party("t", "税務課", pool="p"))


def table(*steps: FlowNode, ways: tuple[str, ...] = (), parties: tuple[Party, ...] = PARTIES) -> StepTable:
    return StepTable(pools=POOLS, parties=parties, rows=steps, links=links(*ways))


def test_a_line_of_steps_stands_side_by_side_on_one_line() -> None:
    found = place_on_grid(table(*rows("a", "b", "c"), ways=("a-b", "b-c")))
    assert found.columns == {"a": 0, "b": 1, "c": 2}
    assert set(found.lines.values()) == {GridLine("c", "row", 0)}
    assert found.routes == {"a-b": None, "b-c": None}
    assert found.back_edges == set()


def test_lanes_follow_their_pools_and_empty_lanes_are_not_drawn() -> None:
    found = place_on_grid(table(*rows("a", party="r"), *rows("b", party="c")))
    assert [lane.key for lane in found.lanes] == ["c", "r"]
    assert [lane.title for lane in found.lanes] == ["窓口", "住民"]


def test_a_lane_within_a_lane_names_both_and_a_row_without_a_lane_gets_one() -> None:
    inner = (Party("o", "財務部", pool="p"), Party("c", "窓口", pool="p", parent="o"))
    found = place_on_grid(
        table(*rows("a"), FlowNode("b", party="nobody", pool="q"), FlowNode("x", pool="q"), parties=inner)
    )
    assert [(lane.key, lane.title, lane.pool) for lane in found.lanes] == [
        ("c", "財務部 / 窓口", "p"),
        ("pool:q", "", "q"),
    ]


def test_a_row_of_a_lane_that_holds_others_stands_in_its_pool() -> None:
    inner = (Party("o", "財務部", pool="p"), Party("c", "窓口", pool="p", parent="o"))
    found = place_on_grid(table(*rows("a"), FlowNode("b", party="o", pool="p"), parties=inner))
    assert [lane.key for lane in found.lanes] == ["c", "pool:p"]


def test_every_part_of_a_flow_is_walked() -> None:
    found = place_on_grid(table(*rows("a", "b", "x", "y"), ways=("a-b", "x-y", "y-x")))
    assert found.back_edges == {"y-x"}
    assert found.columns == {"a": 0, "b": 1, "x": 0, "y": 1}


def test_a_shorter_arrow_runs_nearer_to_its_lane() -> None:
    found = place_on_grid(table(*rows("a", "b", "c", "d"), ways=("a-b", "b-c", "c-d", "a-d", "b-d")))
    assert (found.routes["b-d"], found.routes["a-d"]) == (GridLine("c", "top", 0), GridLine("c", "top", 1))


def test_a_lane_of_an_unknown_pool_stands_last() -> None:
    found = place_on_grid(table(FlowNode("x", pool="unknown"), *rows("a", party="r")))
    assert [lane.key for lane in found.lanes] == ["r", "pool:unknown"]


def test_the_longest_way_decides_the_column() -> None:
    found = place_on_grid(table(*rows("a", "b", "c", "d"), ways=("a-d", "a-b", "b-c", "c-d")))
    assert found.columns == {"a": 0, "b": 1, "c": 2, "d": 3}
    assert found.routes["a-d"] == GridLine("c", "top", 0)


def test_branches_stand_below_one_another_in_the_order_of_the_table() -> None:
    found = place_on_grid(table(*rows("a", "b", "c"), ways=("a-b", "a-c")))
    assert found.columns == {"a": 0, "b": 1, "c": 1}
    assert [found.lines[key].number for key in "abc"] == [0, 0, 1]


def test_a_long_arrow_runs_on_the_line_it_leaves_when_that_is_free() -> None:
    steps = (*rows("a", "d"), *rows("b", "c", party="r"))
    found = place_on_grid(table(*steps, ways=("a-b", "b-c", "c-d", "a-d")))
    assert found.routes["a-d"] == GridLine("c", "row", 0)
    assert found.lane("c").lines == [{0, 1, 2, 3}]


def test_two_long_arrows_do_not_share_a_line() -> None:
    steps = rows("a", "b", "c", "d")
    twice = StepTable("", POOLS, PARTIES, steps, (*links("a-b", "b-c", "c-d", "a-d"), FlowEdge("again", "a", "d")))
    found = place_on_grid(twice)
    assert {found.routes["a-d"], found.routes["again"]} == {GridLine("c", "top", 0), GridLine("c", "top", 1)}


def test_an_arrow_back_runs_below_its_lane_past_both_ends() -> None:
    found = place_on_grid(table(*rows("a", "b", "c"), ways=("a-b", "b-c", "c-a")))
    assert found.back_edges == {"c-a"}
    assert found.columns == {"a": 0, "b": 1, "c": 2}
    assert found.routes["c-a"] == GridLine("c", "bottom", 0)
    assert found.lane("c").routing_lines["bottom"] == [{-1, 0, 1, 2, 3}]


def test_arrows_back_that_do_not_meet_share_a_thin_line() -> None:
    steps = rows(*"abcdefg")
    forward = ("a-b", "b-c", "c-d", "d-e", "e-f", "f-g")
    apart = place_on_grid(table(*steps, ways=(*forward, "b-a", "g-f")))
    assert apart.routes["b-a"] == apart.routes["g-f"] == GridLine("c", "bottom", 0)
    close = place_on_grid(table(*steps, ways=(*forward, "b-a", "d-c")))
    assert {close.routes["b-a"], close.routes["d-c"]} == {GridLine("c", "bottom", 0), GridLine("c", "bottom", 1)}


def test_an_arrow_to_a_lower_line_of_a_lane_runs_below() -> None:
    steps = rows("a", "b", "c", "d", "x")
    found = place_on_grid(table(*steps, ways=("a-b", "b-c", "c-d", "a-x", "c-x", "b-x")))
    assert found.columns["x"] == 3
    assert found.routes["a-x"] in {GridLine("c", "bottom", 0), GridLine("c", "row", found.lines["x"].number)}


def test_the_walk_begins_at_the_start_wherever_it_stands_in_the_table() -> None:
    start = FlowNode("s", "", NodeKind.START, "c")
    found = place_on_grid(table(*rows("a", "b"), start, ways=("a-b", "b-a", "s-b")))
    assert found.back_edges == {"a-b"}


def test_a_crowd_of_named_arrows_gets_a_column_more() -> None:
    end = FlowNode("e", "", NodeKind.END, "c")
    found = place_on_grid(table(*rows("a", "b"), end, ways=("a-e 0.5", "b-e 0.5", "a-b")))
    assert found.columns == {"a": 0, "b": 1, "e": 3}
    one = place_on_grid(table(*rows("a", "b"), end, ways=("a-e", "b-e 0.5", "a-b")))
    assert one.columns["e"] == 2
    task = place_on_grid(table(*rows("a", "b", "e"), ways=("a-e 0.5", "b-e 0.5", "a-b")))
    assert task.columns["e"] == 2


def test_an_arrow_to_a_whole_organisation_is_not_drawn() -> None:
    whole = StepTable(rows=rows("a"), links=(FlowEdge("m", "a", "q", message=True), FlowEdge("n", "q", "a")))
    assert drawn_edges(whole) == []


@pytest.mark.parametrize(
    ("link", "label"),
    [
        (FlowEdge("x", "a", "b", "足りる", 0.85), "足りる 85%"),
        (FlowEdge("x", "a", "b", "足りる"), "足りる"),
        (FlowEdge("x", "a", "b", share=0.0), "0%"),
        (FlowEdge("x", "a", "b"), ""),
    ],
)
def test_beside_an_arrow_stand_its_name_and_its_share(link: FlowEdge, label: str) -> None:
    assert edge_label(link) == label
