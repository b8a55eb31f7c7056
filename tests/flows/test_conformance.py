"""An analyst learns where the record and the drawing disagree."""

from functools import cache
from itertools import count
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.cast.event_logs import SMALL
from tests.cast.flows import written_by_a_clerk
from todoke.flows.mining.conformance import align, check_conformance
from todoke.flows.mining.discovery import Variant, discover
from todoke.flows.mining.event_log import read_log
from todoke.flows.mining.state_space import ReachabilityGraph, StateSpaceTooLarge
from todoke.flows.step_table import FlowEdge, FlowNode, NodeKind, StepTable, with_implicit_nodes

Block = tuple[Any, ...]
LONGEST = 5


def drawn(block: Block) -> StepTable:
    """Draw a block: ("a",) a task, ("then", x, y), ("or", x, y), ("and", x, y), ("again", x)."""
    numbers, rows, links = count(), [], []

    def node(kind: NodeKind, name: str = "") -> str:
        rows.append(FlowNode(f"n{next(numbers)}", name, kind))
        return rows[-1].key

    def link(source: str, target: str) -> None:
        links.append(FlowEdge(f"l{next(numbers)}", source, target))

    def put(inner: Block) -> tuple[str, str]:
        if inner[0] == "then":
            first, second = put(inner[1]), put(inner[2])
            link(first[1], second[0])
            return first[0], second[1]
        if inner[0] in {"or", "and"}:
            kind = NodeKind.EXCLUSIVE if inner[0] == "or" else NodeKind.PARALLEL
            split, join = node(kind), node(kind)
            for branch in inner[1:]:
                start, end = put(branch)
                link(split, start)
                link(end, join)
            return split, join
        if inner[0] == "again":
            entry, exit_ = node(NodeKind.EXCLUSIVE), node(NodeKind.EXCLUSIVE)
            start, end = put(inner[1])
            link(entry, start)
            link(end, exit_)
            link(exit_, entry)
            return entry, exit_
        key = node(NodeKind.TASK, str(inner[0]))
        return key, key

    begin, (first, last), end = node(NodeKind.START), put(block), node(NodeKind.END)
    link(begin, first)
    link(last, end)
    return StepTable(rows=tuple(rows), links=tuple(links))


@cache
def language(block: Block) -> frozenset[str]:
    """Every way through a block, up to a length: what the words mean, without any drawing."""
    found: set[str] | frozenset[str]
    if block[0] == "then":
        found = {x + y for x in language(block[1]) for y in language(block[2])}
    elif block[0] == "or":
        found = language(block[1]) | language(block[2])
    elif block[0] == "and":
        found = {w for x in language(block[1]) for y in language(block[2]) for w in shuffled(x, y)}
    elif block[0] == "again":
        once = language(block[1])
        found, longer = set(once), set(once)
        while longer := {x + y for x in longer for y in once if len(x + y) <= LONGEST} - found:
            found |= longer
    else:
        found = {str(block[0])}
    return frozenset(word for word in found if len(word) <= LONGEST)


def shuffled(x: str, y: str) -> set[str]:
    if not x or not y:
        return {x + y}
    return {x[0] + rest for rest in shuffled(x[1:], y)} | {y[0] + rest for rest in shuffled(x, y[1:])}


def distance(x: str, y: str) -> int:
    """Insertions and deletions that turn one word into the other."""
    row = list(range(len(y) + 1))
    for i, a in enumerate(x, 1):
        previous, row = row, [i]
        for j, b in enumerate(y, 1):
            row.append(previous[j - 1] if a == b else 1 + min(previous[j], row[j - 1]))
    return row[-1]


tasks = st.sampled_from([("a",), ("b",), ("c",)])
blocks = st.recursive(
    tasks,
    lambda inner: st.one_of(
        st.tuples(st.sampled_from(["then", "or", "and"]), inner, inner), st.tuples(st.just("again"), inner)
    ),
    max_leaves=4,
)


@settings(max_examples=150)
@given(blocks, st.text("abcx", max_size=3))
def test_the_cost_is_the_true_distance_to_the_drawn_flow(block: Block, word: str) -> None:
    words = language(block)
    reachable = [w for w in words if len(w) <= LONGEST]
    wanted = min((distance(word, w) for w in reachable), default=None)
    if wanted is None or wanted + len(word) > LONGEST:
        return
    found = align(ReachabilityGraph(drawn(block)), Variant(tuple(word), 1))
    assert found.cost == wanted
    assert found.cost == len(found.log_moves) + len(found.model_moves)


def test_a_step_that_is_recorded_but_not_drawn_is_named() -> None:
    path = ("then", ("受付",), ("then", ("審査",), ("決定",)))
    found = check_conformance(drawn(path), discover(read_log(SMALL.encode(), "log.csv")).variants)
    assert (found.cases, found.fitting_cases, found.cost) == (3, 2, 2)
    assert dict(found.log_moves) == {"補正": 1, "審査": 1}
    assert found.not_in_model == ("補正",)
    assert found.fitness == 1 - 2 / (11 + 9)


def test_a_step_that_is_drawn_but_never_recorded_is_named() -> None:
    path = ("then", ("受付",), ("then", ("審査",), ("then", ("押印",), ("決定",))))
    found = check_conformance(drawn(path), discover(read_log(SMALL.encode(), "log.csv")).variants)
    assert found.never_executed == ("押印",)
    assert dict(found.model_moves) == {"押印": 3}


def test_a_clerks_table_is_compared_as_it_stands() -> None:
    table = with_implicit_nodes(written_by_a_clerk())
    found = align(
        ReachabilityGraph(table), Variant(("申請書を書く", "確かめる", "申請書を書く", "確かめる", "鑑札を渡す"), 1)
    )
    assert found.cost == 0


def test_a_flow_with_too_many_combinations_says_so() -> None:
    block: Block = ("a",)
    for _ in range(16):
        block = ("and", block, ("then", ("b",), ("c",)))
    with pytest.raises(StateSpaceTooLarge, match="組合せ"):
        ReachabilityGraph(drawn(block))
