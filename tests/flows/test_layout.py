"""Pixels for a placed table: what belongs together lies on one height, and arrows keep to channels of their own."""

from itertools import pairwise

import pytest

from tests.cast.flows import links, rows
from todoke.flows.diagram.layout import compute_layout
from todoke.flows.diagram.shapes_and_arrows import DiagramLayout, EdgeShape, NodeShape
from todoke.flows.step_table import Box, FlowEdge, FlowNode, NodeKind, Party, Pool, StepTable, Work

PARTIES = (Party("c", "窓口", pool="p"), Party("t", "税務課", pool="p"), Party("u", "総務課", pool="p"))


def laid(*steps: FlowNode, ways: tuple[str, ...] = (), pools: tuple[Pool, ...] = (Pool("p"),)) -> DiagramLayout:
    return compute_layout(StepTable("", pools, PARTIES, steps, links(*ways)))


def shape(layout: DiagramLayout, key: str) -> NodeShape:
    return next(shape for shape in layout.nodes if shape.row.key == key)


def box(layout: DiagramLayout, key: str) -> Box:
    return shape(layout, key).box


def arrow(layout: DiagramLayout, key: str) -> EdgeShape:
    return next(arrow for arrow in layout.edges if arrow.link.key == key)


def test_two_steps_stand_beside_one_another_with_a_straight_arrow() -> None:
    found = laid(*rows("a", "b"), ways=("a-b",))
    a, b = box(found, "a"), box(found, "b")
    assert (a.width, a.height, a.y) == (124, 48, b.y)
    assert arrow(found, "a-b").points == ((a.right, a.center[1]), (b.x, b.center[1]))
    assert arrow(found, "a-b").text == ""
    assert arrow(found, "a-b").label is None
    assert a.x == 92 + 12
    assert b.x - a.right == 12 + 12 + 12
    assert found.width == b.right + 12 + 16


def test_a_lane_is_as_high_as_its_rows_and_lanes_lie_below_one_another() -> None:
    found = laid(*rows("a"), *rows("b", party="t"), ways=("a-b",))
    first, second = found.lanes
    assert (first.key, first.title, first.header, second.key) == ("c", "窓口", 92, "t")
    assert (first.box.x, first.box.y, first.box.height) == (0, 1, 10 + 48 + 14 + 10)
    assert second.box.y == first.box.bottom
    assert first.box.width == second.box.width == found.width - 1
    assert found.height == second.box.bottom + 1
    assert box(found, "a").center[1] == first.box.y + 10 + 24 + 7
    assert found.pools == ()


def test_a_longer_text_and_minutes_make_a_task_higher() -> None:
    long = FlowNode("a", "申請書と添付書類を確かめて台帳に書き写す", party="c")
    timed = FlowNode("a", long.name, party="c", work=Work(usual=5))
    found, with_minutes = laid(long), laid(timed)
    lines = len(shape(found, "a").lines)
    assert lines >= 3
    assert box(found, "a").height == max(48, 16 * lines + 18)
    assert box(with_minutes, "a").height == 16 * lines + 14 + 18
    assert (shape(found, "a").caption, shape(with_minutes, "a").caption) == ("", "5分")


@pytest.mark.parametrize(("kind", "side"), [(NodeKind.EXCLUSIVE, 44), (NodeKind.EVENT, 32)])
def test_the_text_of_a_symbol_stands_below_it(kind: NodeKind, side: int) -> None:
    found = laid(FlowNode("d", "足りるか", kind, "c"))
    one = shape(found, "d")
    assert (one.box.width, one.box.height, one.caption) == (side, side, "")
    assert one.label == Box(one.box.center[0] - 26, one.box.bottom + 3, 52, 16)
    assert found.lanes[0].box.height == 10 + side + 2 * (16 + 4) + 14 + 10
    assert shape(laid(FlowNode("d", "", kind, "c")), "d").label is None


def test_a_symbol_with_a_wide_text_stands_in_the_middle_of_its_column() -> None:
    found = laid(FlowNode("d", "書類が足りる", NodeKind.EXCLUSIVE, "c"))
    assert box(found, "d").center[0] == 92 + 12 + 78 / 2


def test_the_straight_arrow_leaves_in_the_middle_and_the_others_below() -> None:
    found = laid(*rows("a", "b", "c", "d"), ways=("a-b", "a-c", "a-d"))
    a = box(found, "a")
    starts = [arrow(found, way).points[0] for way in ("a-b", "a-c", "a-d")]
    assert starts == [(a.right, a.center[1] + 18 * number) for number in range(3)]
    assert a.height == 18 * 6
    ends = [arrow(found, f"a-{key}").points[-1] for key in "bcd"]
    assert ends == [(box(found, key).x, box(found, key).center[1]) for key in "bcd"]


def test_arrows_that_come_from_above_enter_above_the_middle() -> None:
    found = laid(*rows("a"), *rows("b", "c", party="t"), ways=("a-c", "b-c"))
    c = box(found, "c")
    assert arrow(found, "b-c").points[-1] == (c.x, c.center[1])
    assert arrow(found, "a-c").points[-1] == (c.x, c.center[1] - 18)


def test_only_arrows_from_one_side_begin_in_the_middle() -> None:
    found = laid(*rows("a"), *rows("b", party="t"), ways=("a-b",))
    assert arrow(found, "a-b").points[0][1] == box(found, "a").center[1]
    assert arrow(found, "a-b").points[-1][1] == box(found, "b").center[1]


def test_all_arrows_of_a_symbol_begin_at_its_point() -> None:
    found = laid(FlowNode("d", "", NodeKind.EXCLUSIVE, "c"), *rows("a", "b"), ways=("d-a", "d-b"))
    assert {arrow(found, way).points[0] for way in ("d-a", "d-b")} == {
        (box(found, "d").right, box(found, "d").center[1])
    }


def test_every_arrow_is_level_or_upright_and_no_two_uprights_share_a_track() -> None:
    found = laid(*rows("a", "b", "c", "d"), *rows("x", party="t"), ways=("a-b", "a-c", "a-d", "a-x", "b-x", "x-a"))
    tracks = []
    for one in found.edges:
        for (x, y), (to_x, to_y) in pairwise(one.points):
            assert x == to_x or y == to_y
        tracks += [x for (x, _), (to_x, _) in pairwise(one.points) if x == to_x]
    assert len(tracks) == len(set(tracks))
    between = [x for x in tracks if x < box(found, "b").x]
    assert all(abs(one - other) >= 12 for one, other in pairwise(sorted(between)))


def test_an_arrow_down_turns_on_the_first_track_of_its_channel() -> None:
    found = laid(*rows("a"), *rows("b", party="t"), ways=("a-b",))
    a, b = box(found, "a"), box(found, "b")
    turn = a.right + 12
    assert arrow(found, "a-b").points == (
        (a.right, a.center[1]),
        (turn, a.center[1]),
        (turn, b.center[1]),
        (b.x, b.center[1]),
    )
    assert b.x - a.right == 12 + 2 * 12 + 12


def test_who_leaves_at_a_height_turns_before_who_arrives_there() -> None:
    steps = (*rows("a"), *rows("x", "y", party="t"), *rows("z", party="u"))
    found = laid(*steps, ways=("a-y", "x-z"))
    assert box(found, "x").center[1] == box(found, "y").center[1]
    assert arrow(found, "x-z").points[1][0] < arrow(found, "a-y").points[1][0]


def test_a_second_straight_arrow_runs_below_the_first() -> None:
    twice = (*links("a-b"), FlowEdge("again", "a", "b"))
    found = compute_layout(StepTable("", (Pool("p"),), PARTIES, rows("a", "b"), twice))
    middle = box(found, "a").center[1]
    assert [arrow(found, key).points[0][1] for key in ("a-b", "again")] == [middle, middle + 18]


def test_an_arrow_back_runs_on_a_thin_line_below_its_lane_and_enters_from_before() -> None:
    found = laid(*rows("a", "b"), ways=("a-b", "b-a"))
    a, b, lane = box(found, "a"), box(found, "b"), found.lanes[0].box
    back = arrow(found, "b-a").points
    assert lane.height == 10 + a.height + 14 + 24 + 10
    assert {y for _, y in back[2:4]} == {lane.bottom - 10 - 4}
    assert back[0][0] == b.right
    assert back[1][0] == b.right + 12
    assert back[-1][0] == a.x
    assert back[-2][0] == 92 + 12
    assert a.x == 92 + 12 + 12
    assert found.width == b.right + 12 + 12 + 16


def test_a_long_arrow_over_a_full_line_runs_above_its_lane() -> None:
    found = laid(*rows("a", "b", "c"), ways=("a-b", "b-c", "a-c"))
    a, lane = box(found, "a"), found.lanes[0].box
    over = arrow(found, "a-c").points
    assert {y for _, y in over[2:4]} == {lane.y + 10 + 24 - 4}
    assert over[0] == (a.right, a.center[1] - 18)
    assert a.center[1] == lane.y + 10 + 24 + a.height / 2 + 7


def test_a_label_stands_over_its_arrow_before_the_next_column() -> None:
    found = compute_layout(StepTable("", (Pool("p"),), PARTIES, rows("a", "b"), (FlowEdge("x", "a", "b", "足りる"),)))
    one, a, b = arrow(found, "x"), box(found, "a"), box(found, "b")
    assert one.text == "足りる"
    assert one.label == Box(b.x - 33 - 14, a.center[1] - 14 - 2, 33, 14)
    assert b.x - a.right == 12 + 12 + (33 + 10) + 12


def test_a_label_of_an_arrow_back_stands_under_the_step_it_leaves() -> None:
    ways = (*links("a-b"), FlowEdge("x", "b", "a", "足りない"))
    found = compute_layout(StepTable("", (Pool("p"),), PARTIES, rows("a", "b"), ways))
    one, b = arrow(found, "x"), box(found, "b")
    assert one.label == Box(b.right - 44 - 4, found.lanes[0].box.bottom - 14 - 14 - 2, 44, 14)


def test_a_named_arrow_back_needs_a_column_as_wide_as_a_label() -> None:
    end = FlowNode("e", "", NodeKind.EVENT, "c")
    plain = laid(*rows("a"), end, ways=("a-e", "e-a"))
    named = compute_layout(
        StepTable("", (Pool("p"),), PARTIES, (*rows("a"), end), (*links("a-e"), FlowEdge("x", "e", "a", "戻る")))
    )
    assert named.width - plain.width == 112 - 40


def test_a_frame_is_drawn_around_every_organisation_when_there_is_more_than_one() -> None:
    pools = (Pool("p", "区役所"), Pool("q", "住民"), Pool("empty", "だれもいない"))
    found = laid(*rows("a", "b"), *rows("t", party="t"), FlowNode("x", pool="q"), ways=("a-b",), pools=pools)
    assert [(pool.key, pool.title, pool.header) for pool in found.pools] == [("p", "区役所", 30), ("q", "住民", 30)]
    first, second = (pool.box for pool in found.pools)
    assert (first.x, first.width) == (1, found.width - 2)
    assert (first.y, first.bottom) == (found.lanes[0].box.y, found.lanes[1].box.bottom)
    assert second.y - first.bottom == 14
    assert {lane.box.x for lane in found.lanes} == {30}
    assert {lane.box.width for lane in found.lanes} == {found.width - 31}
    assert box(found, "a").x == 30 + 92 + 12


def test_one_named_organisation_has_a_frame_too() -> None:
    assert [pool.key for pool in laid(*rows("a"), pools=(Pool("p", "区役所", "x"),)).pools] == ["p"]


def test_a_table_without_rows_is_an_empty_sheet() -> None:
    found = laid()
    assert (found.nodes, found.edges, found.lanes, found.height) == ((), (), (), 2)
