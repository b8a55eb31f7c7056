"""Last year's list is played again: each difference finds its cause, and what has none stays open."""

from tests.admissions.markets import example, expected
from todoke.admissions.instance_reader import read_instance
from todoke.admissions.official_comparison import Cause, compared

PIN = {"directives": [{"type": "pin", "child": "P1", "facility": "あか", "reason": "面接による"}]}


def without_the_pin() -> dict[str, object]:
    data = example("pin_conflict")
    return {**data, "directives": data["directives"][1:]}


def test_the_same_list_has_no_difference() -> None:
    assert compared(read_instance(example("pin_conflict")), expected("pin_conflict")) == []


def test_a_seat_given_by_hand_explains_whoever_it_moved() -> None:
    instance, official = read_instance(without_the_pin()), expected("pin_conflict")
    assert {each.child: each.cause for each in compared(instance, official)} == {"P1": None, "R": None, "S": None}
    hand = Cause("hand", "会議で決めた", PIN)
    assert [(each.child, each.cause) for each in compared(instance, official, [hand])] == [
        ("P1", hand), ("R", hand), ("S", hand),
    ]  # fmt: skip


def test_causes_are_credited_one_after_another_and_the_rest_stays_open() -> None:
    instance = read_instance(without_the_pin())
    official = {"assignment": {**expected("pin_conflict")["assignment"], "W": None, "X": "みどり", "Q": None}}
    hand, points = Cause("hand", "会議で決めた", PIN), Cause("input", "就労証明の見落とし", {"points": {"X": 60}})
    found = {each.child: each.cause for each in compared(instance, official, [hand, points])}
    assert found == {"P1": hand, "R": hand, "S": hand, "W": points, "X": points, "Q": None}


def test_another_fair_list_is_a_matter_of_the_engine() -> None:
    wanted = expected("transfer_chain")
    official = {"assignment": wanted["other_stable_results"][0]}
    found = compared(read_instance(example("transfer_chain")), official)
    assert {each.child: each.cause and each.cause.kind for each in found} == {"T1": "engine", "T2": "engine"}
