"""One case is followed through its branches and loops; every step counts as often as it is passed."""

import pytest

from tests.cast.flows import links, rows, written_by_a_clerk
from todoke.flows.effort import branch_probability, case_effort, expected_executions
from todoke.flows.step_table import FlowEdge, FlowNode, NodeKind, Party, PartyKind, StepTable, Work

START, END = FlowNode("s", "", NodeKind.START, "c"), FlowNode("e", "", NodeKind.END, "c")


def forked(kind: NodeKind, *ways: str, tag: str = "") -> StepTable:
    fork = FlowNode("f", "f", kind, "c", tag=tag)
    return StepTable(rows=(START, fork, *rows("a", "b", "c"), END), links=links("s-f", *ways))


def weights(table: StepTable) -> dict[str, float]:
    return {link.target: branch_probability(table, link) for link in table.outgoing("f")}


def test_arrows_without_a_share_divide_what_is_left() -> None:
    found = weights(forked(NodeKind.EXCLUSIVE, "f-a 0.4", "f-b", "f-c"))
    assert found == pytest.approx({"a": 0.4, "b": 0.3, "c": 0.3})


def test_shares_that_are_more_than_all_leave_nothing() -> None:
    assert weights(forked(NodeKind.EXCLUSIVE, "f-a 0.8", "f-b 0.4", "f-c"))["c"] == 0


def test_the_only_arrow_takes_every_case() -> None:
    assert weights(forked(NodeKind.EXCLUSIVE, "f-a 0.4")) == {"a": 1}


@pytest.mark.parametrize(
    ("kind", "tag"), [(NodeKind.PARALLEL, ""), (NodeKind.INCLUSIVE, ""), (NodeKind.TASK, "userTask")]
)
def test_where_all_ways_are_taken_each_takes_every_case(kind: NodeKind, tag: str) -> None:
    assert weights(forked(kind, "f-a", "f-b", tag=tag)) == {"a": 1, "b": 1}


def test_choices_with_shares_are_taken_as_often_as_said() -> None:
    assert weights(forked(NodeKind.INCLUSIVE, "f-a 0.9", "f-b")) == {"a": 0.9, "b": 1}
    assert weights(forked(NodeKind.PARALLEL, "f-a 0.9", "f-b")) == {"a": 1, "b": 1}
    assert weights(forked(NodeKind.TASK, "f-a 0.9", "f-b 0.1")) == {"a": 0.9, "b": 0.1}


def test_a_loop_is_passed_again_and_again() -> None:
    table = StepTable(rows=(START, *rows("a", "b"), END), links=links("s-a", "a-b", "b-a 0.5", "b-e 0.5"))
    assert expected_executions(table) == pytest.approx({"s": 1, "a": 2, "b": 2, "e": 1}, abs=1e-5)


def test_what_runs_side_by_side_joins_to_one_case() -> None:
    fork, join = FlowNode("f", "", NodeKind.PARALLEL), FlowNode("j", "", NodeKind.PARALLEL)
    table = StepTable(
        rows=(START, fork, *rows("a", "b"), join, END), links=links("s-f", "f-a", "f-b", "a-j", "b-j", "j-e")
    )
    assert expected_executions(table) == {"s": 1, "f": 1, "a": 1, "b": 1, "j": 1, "e": 1}


def test_a_message_carries_no_case_and_an_event_on_a_step_starts_none() -> None:
    event = FlowNode("t", "", NodeKind.EVENT, host="a")
    table = StepTable(
        rows=(START, *rows("a", "b"), event), links=(*links("s-a"), FlowEdge("m", "a", "b", message=True))
    )
    assert expected_executions(table) == {"s": 1, "a": 1, "b": 1, "t": 0}


def test_an_arrow_to_a_row_that_is_not_there_carries_nothing() -> None:
    table = StepTable(rows=(START, *rows("a")), links=links("s-a", "a-gone"))
    assert expected_executions(table) == {"s": 1, "a": 1}


def test_a_loop_without_a_way_out_ends_all_the_same() -> None:
    table = StepTable(rows=(START, *rows("a", "b")), links=links("s-a", "a-b", "b-a"))
    assert expected_executions(table)["a"] == pytest.approx(500, abs=1)


def test_one_case_is_weighed_by_the_shares_of_its_branches() -> None:
    times = 1 / 0.85
    found = case_effort(written_by_a_clerk())
    assert found.steps == pytest.approx(2 * times + 1, abs=1e-5)
    each = (found.resident, found.wait, found.visits, found.copies, found.name_writes)
    assert each == pytest.approx((10 * times, 30 * times, times, 2 * times, 3 * times), abs=1e-4)
    assert found.staff == 0
    assert found.handovers == pytest.approx(times + 0.15 * times, abs=1e-4)


def test_work_of_a_system_is_nobodys_and_of_an_unknown_party_the_offices() -> None:
    work = Work(usual=7)
    table = StepTable(
        parties=(Party("sys", "システム", PartyKind.SYSTEM), Party("c", "窓口")),
        rows=(
            FlowNode("a", party="sys", work=work),
            FlowNode("b", party="c", work=work),
            FlowNode("g", kind=NodeKind.SUBPROCESS, work=work),
        ),
        links=links("a-b", "b-g"),
    )
    found = case_effort(table)
    assert (found.staff, found.resident, found.steps, found.handovers) == (14, 0, 3, 2)


def test_a_message_between_hands_is_no_handover() -> None:
    table = StepTable(
        rows=(
            FlowNode("a", party="x"),
            FlowNode("b", party="x"),
            FlowNode("m", kind=NodeKind.TIMER, party="y", host="b"),
        ),
        links=(*links("a-b"), FlowEdge("m", "a", "m", message=True)),
    )
    assert case_effort(table).handovers == 1
