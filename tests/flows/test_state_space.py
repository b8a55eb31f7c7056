"""Which steps are possible after which, and how many are still to come."""

import pytest

from tests.cast.flows import links, rows
from todoke.flows.mining.state_space import PetriTransition, ReachabilityGraph, StateSpaceTooLarge, petri_net
from todoke.flows.step_table import FlowEdge, FlowNode, NodeKind, StepTable

START, END = FlowNode("s", "", NodeKind.START), FlowNode("e", "", NodeKind.END)


def gate(key: str, kind: NodeKind) -> FlowNode:
    return FlowNode(key, "", kind)


LINE = StepTable(rows=(START, *rows("a", "b"), END), links=links("s-a", "a-b", "b-e"))
FORK = StepTable(
    rows=(START, gate("f", NodeKind.PARALLEL), *rows("a", "b"), gate("j", NodeKind.PARALLEL), END),
    links=links("s-f", "f-a", "f-b", "a-j", "b-j", "j-e"),
)


def runs(graph: ReachabilityGraph, most: int = 6) -> set[tuple[str, ...]]:
    """Every order of named steps from the start to the end, up to a length."""
    found, waiting = set[tuple[str, ...]](), [(graph.initial, tuple[str, ...]())]
    while waiting:
        marking, said = waiting.pop()
        if marking == graph.final:
            found.add(said)
        waiting += [
            (following, (*said, name) if name else said)
            for name, following in graph.successors[marking]
            if len(said) < most
        ]
    return found


def test_a_line_has_one_order_and_no_silent_step() -> None:
    graph = ReachabilityGraph(LINE)
    assert runs(graph) == {("a", "b")}
    assert graph.activities == {"a", "b"}
    assert {transition.name for transition in petri_net(LINE).transitions} == {"a", "b"}
    assert graph.min_remaining[graph.initial] == 2
    assert graph.min_remaining[graph.final] == 0


def test_what_runs_side_by_side_has_every_order() -> None:
    assert runs(ReachabilityGraph(FORK)) == {("a", "b"), ("b", "a")}


def test_a_decision_takes_one_way_and_may_lead_back() -> None:
    table = StepTable(
        rows=(START, *rows("a"), gate("d", NodeKind.EXCLUSIVE), *rows("b", "c"), END),
        links=links("s-a", "a-d", "d-b", "d-c", "b-e", "c-a"),
    )
    graph = ReachabilityGraph(table)
    assert runs(graph, 5) == {("a", "b"), ("a", "c", "a", "b")}
    assert graph.min_remaining[graph.initial] == 2


def test_choices_take_any_of_their_ways_but_at_least_one() -> None:
    table = StepTable(
        rows=(START, gate("f", NodeKind.INCLUSIVE), *rows("a", "b"), gate("j", NodeKind.INCLUSIVE), END),
        links=links("s-f", "f-a", "f-b", "a-j", "b-j", "j-e"),
    )
    assert {("a",), ("b",), ("a", "b"), ("b", "a")} <= runs(ReachabilityGraph(table))
    assert () not in runs(ReachabilityGraph(table))


def test_of_more_than_five_choices_one_or_all_are_taken() -> None:
    names = list("abcdef")

    def puts(count: int) -> int:
        ways = [f"f-{name}" for name in names[:count]]
        table = StepTable(rows=(gate("f", NodeKind.INCLUSIVE), *rows(*names[:count])), links=links(*ways))
        return sum(not transition.name for transition in petri_net(table).transitions)

    assert puts(5) == 31
    assert puts(6) == 7


def test_what_only_passes_a_case_on_is_drawn_together_until_none_is_left() -> None:
    waits = [gate(key, NodeKind.TIMER) for key in "uvw"]
    table = StepTable(
        rows=(START, *waits[:2], *rows("a"), waits[2], END), links=links("s-u", "u-v", "v-a", "a-w", "w-e")
    )
    assert [transition.name for transition in petri_net(table).transitions] == ["a"]
    assert {transition.name for transition in petri_net(FORK).transitions} <= {"a", "b", ""}
    assert len(petri_net(FORK).transitions) <= 4


def test_only_named_steps_are_counted() -> None:
    assert ReachabilityGraph(FORK).min_remaining[ReachabilityGraph(FORK).initial] == 2
    table = StepTable(
        rows=(START, gate("f", NodeKind.INCLUSIVE), *rows("a", "b"), gate("j", NodeKind.INCLUSIVE), END),
        links=links("s-f", "f-a", "f-b", "a-j", "b-j", "j-e"),
    )
    assert ReachabilityGraph(table).min_remaining[ReachabilityGraph(table).initial] == 1


def test_events_and_waits_have_no_name_and_groups_have() -> None:
    table = StepTable(
        rows=(START, gate("w", NodeKind.TIMER), FlowNode("g", "審査", NodeKind.SUBPROCESS), END),
        links=links("s-w", "w-g", "g-e"),
    )
    assert runs(ReachabilityGraph(table)) == {("審査",)}


def test_a_message_is_no_way() -> None:
    table = StepTable(
        rows=(START, *rows("a"), END), links=(*links("s-a", "a-e"), FlowEdge("m", "s", "e", message=True))
    )
    assert runs(ReachabilityGraph(table)) == {("a",)}


def test_a_marking_from_which_nothing_leads_to_the_end_says_so() -> None:
    stuck = StepTable(
        rows=(START, *rows("a"), gate("j", NodeKind.PARALLEL), END), links=links("s-a", "a-j", "j-e", "e-j")
    )
    graph = ReachabilityGraph(stuck)
    assert graph.min_remaining[graph.initial] >= 1_000_000


def test_a_flow_with_too_many_orders_is_refused_in_words() -> None:
    names = [f"t{number}" for number in range(15)]
    ways = [*(f"f-{name}" for name in names), *(f"{name}-j" for name in names)]
    table = StepTable(
        rows=(START, gate("f", NodeKind.PARALLEL), *rows(*names), gate("j", NodeKind.PARALLEL), END),
        links=links("s-f", *ways, "j-e"),
    )
    with pytest.raises(StateSpaceTooLarge, match="流れを分けてください"):
        ReachabilityGraph(table)


def test_the_moves_of_a_line_take_one_token_and_put_one() -> None:
    found = petri_net(LINE)
    assert len(found.initial) == 1
    assert all(len(transition.preset) == len(transition.postset) == 1 for transition in found.transitions)
    assert PetriTransition("a", found.initial, found.transitions[0].postset) == found.transitions[0]
