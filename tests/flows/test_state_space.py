"""Which steps are possible after which, and how many are still to come."""

import pytest

from tests.cast.flows import links, rows
from todoke.flows.mining.state_space import Move, Net, TooManyStates, moves_of
from todoke.flows.step_table import FlowEdge, FlowNode, NodeKind, StepTable

START, END = FlowNode("s", "", NodeKind.START), FlowNode("e", "", NodeKind.END)


def gate(key: str, kind: NodeKind) -> FlowNode:
    return FlowNode(key, "", kind)


LINE = StepTable(rows=(START, *rows("a", "b"), END), links=links("s-a", "a-b", "b-e"))
FORK = StepTable(
    rows=(START, gate("f", NodeKind.PARALLEL), *rows("a", "b"), gate("j", NodeKind.PARALLEL), END),
    links=links("s-f", "f-a", "f-b", "a-j", "b-j", "j-e"),
)


def runs(net: Net, most: int = 6) -> set[tuple[str, ...]]:
    """Every order of named steps from the start to the end, up to a length."""
    found, waiting = set[tuple[str, ...]](), [(net.start, tuple[str, ...]())]
    while waiting:
        marking, said = waiting.pop()
        if marking == net.end:
            found.add(said)
        waiting += [
            (following, (*said, name) if name else said) for name, following in net.follows[marking] if len(said) < most
        ]
    return found


def test_a_line_has_one_order_and_no_silent_step() -> None:
    net = Net(LINE)
    assert runs(net) == {("a", "b")}
    assert net.names == {"a", "b"}
    assert {move.name for move in moves_of(LINE).moves} == {"a", "b"}
    assert net.least[net.start] == 2
    assert net.least[net.end] == 0


def test_what_runs_side_by_side_has_every_order() -> None:
    assert runs(Net(FORK)) == {("a", "b"), ("b", "a")}


def test_a_decision_takes_one_way_and_may_lead_back() -> None:
    table = StepTable(
        rows=(START, *rows("a"), gate("d", NodeKind.EXCLUSIVE), *rows("b", "c"), END),
        links=links("s-a", "a-d", "d-b", "d-c", "b-e", "c-a"),
    )
    net = Net(table)
    assert runs(net, 5) == {("a", "b"), ("a", "c", "a", "b")}
    assert net.least[net.start] == 2


def test_choices_take_any_of_their_ways_but_at_least_one() -> None:
    table = StepTable(
        rows=(START, gate("f", NodeKind.INCLUSIVE), *rows("a", "b"), gate("j", NodeKind.INCLUSIVE), END),
        links=links("s-f", "f-a", "f-b", "a-j", "b-j", "j-e"),
    )
    assert {("a",), ("b",), ("a", "b"), ("b", "a")} <= runs(Net(table))
    assert () not in runs(Net(table))


def test_of_more_than_five_choices_one_or_all_are_taken() -> None:
    names = list("abcdef")

    def puts(count: int) -> int:
        ways = [f"f-{name}" for name in names[:count]]
        table = StepTable(rows=(gate("f", NodeKind.INCLUSIVE), *rows(*names[:count])), links=links(*ways))
        return sum(not move.name for move in moves_of(table).moves)

    assert puts(5) == 31
    assert puts(6) == 7


def test_what_only_passes_a_case_on_is_drawn_together_until_none_is_left() -> None:
    waits = [gate(key, NodeKind.TIMER) for key in "uvw"]
    table = StepTable(
        rows=(START, *waits[:2], *rows("a"), waits[2], END), links=links("s-u", "u-v", "v-a", "a-w", "w-e")
    )
    assert [move.name for move in moves_of(table).moves] == ["a"]
    assert {move.name for move in moves_of(FORK).moves} <= {"a", "b", ""}
    assert len(moves_of(FORK).moves) <= 4


def test_only_named_steps_are_counted() -> None:
    assert Net(FORK).least[Net(FORK).start] == 2
    table = StepTable(
        rows=(START, gate("f", NodeKind.INCLUSIVE), *rows("a", "b"), gate("j", NodeKind.INCLUSIVE), END),
        links=links("s-f", "f-a", "f-b", "a-j", "b-j", "j-e"),
    )
    assert Net(table).least[Net(table).start] == 1


def test_events_and_waits_have_no_name_and_groups_have() -> None:
    table = StepTable(
        rows=(START, gate("w", NodeKind.TIMER), FlowNode("g", "審査", NodeKind.SUBPROCESS), END),
        links=links("s-w", "w-g", "g-e"),
    )
    assert runs(Net(table)) == {("審査",)}


def test_a_message_is_no_way() -> None:
    table = StepTable(
        rows=(START, *rows("a"), END), links=(*links("s-a", "a-e"), FlowEdge("m", "s", "e", message=True))
    )
    assert runs(Net(table)) == {("a",)}


def test_a_marking_from_which_nothing_leads_to_the_end_says_so() -> None:
    stuck = StepTable(
        rows=(START, *rows("a"), gate("j", NodeKind.PARALLEL), END), links=links("s-a", "a-j", "j-e", "e-j")
    )
    net = Net(stuck)
    assert net.least[net.start] >= 1_000_000


def test_a_flow_with_too_many_orders_is_refused_in_words() -> None:
    names = [f"t{number}" for number in range(15)]
    ways = [*(f"f-{name}" for name in names), *(f"{name}-j" for name in names)]
    table = StepTable(
        rows=(START, gate("f", NodeKind.PARALLEL), *rows(*names), gate("j", NodeKind.PARALLEL), END),
        links=links("s-f", *ways, "j-e"),
    )
    with pytest.raises(TooManyStates, match="流れを分けてください"):
        Net(table)


def test_the_moves_of_a_line_take_one_token_and_put_one() -> None:
    found = moves_of(LINE)
    assert len(found.start) == 1
    assert all(len(move.takes) == len(move.puts) == 1 for move in found.moves)
    assert Move("a", found.start, found.moves[0].puts) == found.moves[0]
