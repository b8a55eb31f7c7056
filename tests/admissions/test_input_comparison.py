"""What went wrong in six cities, planted one by one: each is found before anybody computes, with its rows."""

from collections.abc import Callable
from typing import Any

import pytest

from tests.admissions.markets import Document, small_market
from todoke.admissions.input_comparison import Evidence, doubts
from todoke.admissions.instance_reader import read_instance


def sound() -> Document:
    """A market of three seats and more in each pool, and wishes that can be told apart."""
    data = small_market(7)
    data["directives"] = []
    for pool in data["pools"]:
        pool["capacity"] = 10
    for child in data["children"]:
        child["prefs"] = ["あか", "あお"]
        child["bonus"] = {"あか": 5}
    return data


def evidence() -> Evidence:
    data = sound()
    children = {child["id"]: child for child in data["children"]}
    return Evidence(
        last_year=read_instance(sound()),
        seats={pool["id"]: pool["capacity"] for pool in data["pools"]},
        points={number: child["points"] for number, child in children.items()},
        bonus={number: child["bonus"] for number, child in children.items()},
        wishes={number: child["prefs"] for number, child in children.items()},
    )


def _without_bonus(data: Document) -> None:
    for child in data["children"]:
        child["bonus"] = {}


def _leave_out(data: Document) -> None:
    gone = data["families"].pop()
    data["children"] = [child for child in data["children"] if child["id"] not in gone["children"]]


CITIES: dict[str, tuple[Callable[[Document], Any], set[str]]] = {
    "Urayasu: a new rule counted wrongly": (lambda data: data["children"][0].update(points=77), {"points"}),
    "Koka: a bonus left out": (_without_bonus, {"bonus", "bonus_share"}),
    "Toyohashi: seats reported too few": (
        lambda data: data["pools"][0].update(capacity=4),
        {"seats_reported", "seats_changed"},
    ),
    "Kashiba: a seat too few, as every year": (lambda data: data["pools"][0].update(capacity=9), {"seats_reported"}),
    "Suita: changed wishes not worked in": (lambda data: data["children"][1].update(prefs=["あお"]), {"wishes_filed"}),
    "Nishinari: an application in the wrong tray": (_leave_out, {"missing"}),
}


@pytest.mark.parametrize("city", CITIES)
def test_a_fault_of_the_input_is_found_with_its_rows(city: str) -> None:
    plant, kinds = CITIES[city]
    data = sound()
    plant(data)
    found = list(doubts(read_instance(data), evidence()))
    assert {each.kind for each in found} == kinds
    assert all(each.rows or each.kind == "bonus_share" for each in found)


def test_a_sound_input_raises_no_doubt() -> None:
    assert list(doubts(read_instance(sound()), evidence())) == []


def test_empty_and_repeated_wishes_and_parted_siblings_are_asked_about() -> None:
    data = sound()
    data["children"][0]["prefs"], data["children"][1]["prefs"] = [], ["あか", "あか"]
    family = next(each for each in data["families"] if len(each["children"]) > 1)
    ages = {child["id"]: child["class"] for child in data["children"]}
    pool = next(each for each in data["pools"] if ages[family["children"][0]] in each["classes"])
    family["joint_prefs"] = [[f"{pool['facility']}でない"] * len(family["children"])]
    pin = {"type": "pin", "child": family["children"][0], "facility": pool["facility"], "reason": "例"}
    data["directives"] = [pin]
    found = {each.kind: each.rows for each in doubts(read_instance(data), Evidence())}
    assert found["pin_parts"] == (family["id"],)
    assert found["no_wish"] == (data["children"][0]["id"],)
    assert found["wish_twice"] == (data["children"][1]["id"],)
