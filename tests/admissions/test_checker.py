"""The checker takes the result of any program, and finds each rule that is broken and each reason that is not true."""

from collections.abc import Callable
from copy import deepcopy
from typing import Any

import pytest

from tests.admissions.markets import NAMES, Document, example, expected
from todoke.admissions.checker import check
from todoke.admissions.child_placement import place
from todoke.admissions.instance_reader import read_instance

BROKEN: dict[str, tuple[str, dict[str, str | None], list[Any]]] = {
    "a pin": ("pin_conflict", {"P1": None}, ["pin_broken", "P1", None]),
    "a forbidden pair": ("pin_conflict", {"Y": "あお", "R": None}, ["forbidden_pair", "Y", "あお"]),
    "too many in a pool": ("pin_conflict", {"R": "あか"}, ["over_capacity", "あか-0", 3, 2]),
    "a class that is not there": ("pin_conflict", {"W": "あか"}, ["no_such_class", "W", "あか"]),
    "a seat that was lost": ("transfer_chain", {"V": None}, ["transfer_lost_seat", "V"]),
    "a child of nobody": ("transfer_chain", {"?": None}, ["unknown_child", "?"]),
    "only one of twins": (
        "siblings_swap",
        {"T1": "すもも", "K": None},
        ["sibling_condition_broken", "T", ["すもも", None]],
    ),
    "a place not wished for": ("siblings_swap", {"X": "りんご", "Z": None}, ["not_in_family_list", "X", ["りんご"]]),
}


@pytest.mark.parametrize("rule", BROKEN)
def test_a_broken_rule_is_named(rule: str) -> None:
    name, change, violation = BROKEN[rule]
    result = {"assignment": {**expected(name)["assignment"], **change}}
    report = check(example(name), result).report
    assert report["hard"] == [violation]


def test_a_child_left_out_is_named() -> None:
    result = {
        "assignment": {key: value for key, value in expected("siblings_swap")["assignment"].items() if key != "X"}
    }
    assert check(example("siblings_swap"), result).report["hard"] == [["missing_child", "X"]]


@pytest.mark.parametrize("name", NAMES)
def test_a_worked_example_and_its_reasons_hold(name: str) -> None:
    wanted = expected(name)
    checked = check(example(name), wanted, wanted)
    assert checked.explanation_faults == []
    assert (checked.report["hard_violations"], checked.report["blocking_coalitions"]) == (0, 0)


def test_whoever_was_overtaken_is_named_with_what_it_could_have_had() -> None:
    overtaken = {**expected("pin_conflict")["assignment"], "R": None, "S": "あお"}
    report = check(example("pin_conflict"), {"assignment": overtaken}).report
    assert report["blocking"] == [["R", ["あお"], "envy"]]
    empty = {**expected("pin_conflict")["assignment"], "R": None}
    assert check(example("pin_conflict"), {"assignment": empty}).report["blocking"] == [
        ["R", ["あお"], "waste"],
        ["S", ["あお"], "waste"],
        ["T", ["あお"], "waste"],
    ]


LIES: dict[str, Callable[[list[Document]], Any]] = {
    "another code": lambda records: records[3].update(code="family_order"),
    "another child at the last place": lambda records: records[3].update(cutoff_child="P1"),
    "another part of the key": lambda records: records[3].update(decided_by="order"),
    "a reason left out": lambda records: records.pop(),
    "a reason given twice": lambda records: records.append(dict(records[0])),
    "a reason for nothing": lambda records: records.append({"child": "Q", "facility": "あか", "code": "full"}),
}


@pytest.mark.parametrize("lie", LIES)
def test_a_reason_that_is_not_true_is_found(lie: str) -> None:
    instance = read_instance(example("pin_conflict"))
    run = place(instance)
    records = deepcopy(run.explanations["explanations"])
    LIES[lie](records)
    assert len(check(instance.data, run.result, {"explanations": records}).explanation_faults) == 1
