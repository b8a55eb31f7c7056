"""What holds in every market: nobody gains by the order of a file, and more points never cost a child its place."""

import random
from collections.abc import Mapping
from typing import Any

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from tests.admissions.markets import Document, small_market
from todoke.admissions.child_placement import place
from todoke.admissions.difference import rank
from todoke.admissions.instance import InvalidInstance
from todoke.admissions.instance_reader import read_instance
from todoke.admissions.placed_round import PlacedRound

MARKETS = settings(max_examples=25, derandomize=True)
SEEDS = st.integers(0, 1_000_000)


def assignment(data: Document) -> dict[str, str | None]:
    """Where the engine places each child; a market whose pins do not hold is passed over."""
    try:
        instance = read_instance(data)
    except InvalidInstance:
        assume(False)
    found: dict[str, str | None] = place(instance).result["assignment"]
    return found


def of_single_children(seed: int) -> Document:
    """A small market in which each child is a family of its own."""
    data = small_market(seed)
    for child in data["children"]:
        child["family"] = child["id"]
    data["families"] = [
        {
            "id": child["id"], "children": [child["id"]], "policy": {"same": "rank", "partial": "any"},
            "joint_prefs": [[each] for each in child["prefs"]],
        }
        for child in data["children"]
    ]  # fmt: skip
    return data


@MARKETS
@given(SEEDS)
def test_the_order_of_the_file_and_the_names_change_nothing(seed: int) -> None:
    data, chance = small_market(seed), random.Random(seed)
    names = {child["id"]: f"N{chance.random()}" for child in data["children"]}
    other = small_market(seed)
    for child in other["children"]:
        child["id"] = names[child["id"]]
    for directive in other["directives"]:
        directive["child"] = names[directive["child"]]
    for family in other["families"]:
        order = chance.sample(range(len(family["children"])), len(family["children"]))
        family["children"] = [names[family["children"][at]] for at in order]
        family["joint_prefs"] = [[each[at] for at in order] for each in family["joint_prefs"]]
    for key in ("pools", "children", "families", "directives"):
        chance.shuffle(other[key])
    assert {names[child]: got for child, got in assignment(data).items()} == assignment(other)


@MARKETS
@given(SEEDS)
def test_twice_the_points_for_everybody_change_nothing(seed: int) -> None:
    data, other = small_market(seed), small_market(seed)
    for child in other["children"]:
        child["points"] *= 2
        child["bonus"] = {facility: 2 * points for facility, points in child["bonus"].items()}
    assert assignment(data) == assignment(other)


def plainly_accepted(data: Mapping[str, Any]) -> dict[str, str | None]:
    """Deferred acceptance as a textbook has it: children ask in their order, a pool keeps the best."""
    round_ = PlacedRound(data, {"assignment": {}})
    wishes = {family["id"]: [outcome[0] for outcome in round_.outcomes(family)] for family in data["families"]}
    found: dict[str, str | None] = {}
    waiting = list(wishes)
    while waiting:
        child = round_.by_id[waiting.pop()]
        facility = found[child["id"]] = wishes[child["id"]].pop(0)
        pool = round_.pool_of.get((str(facility), child["class"]))
        pools = {each: round_.pool_of.get((str(at), round_.by_id[each]["class"])) for each, at in found.items()}
        there = [each for each in found if pools[each] == pool]
        if pool and len(there) > round_.seats[pool]:
            worst = max(there, key=lambda each: round_.key(round_.by_id[each], str(found[each])))
            found.pop(worst)
            waiting.append(worst)
    return found


@MARKETS
@given(SEEDS)
def test_without_siblings_it_is_plain_deferred_acceptance(seed: int) -> None:
    data = of_single_children(seed)
    assert assignment(data) == plainly_accepted(data)


@MARKETS
@given(SEEDS, st.integers(1, 50))
def test_more_points_never_give_a_single_child_a_worse_place(seed: int, more: int) -> None:
    data, other = of_single_children(seed), of_single_children(seed)
    child = other["children"][seed % len(other["children"])]
    child["points"] += more
    before, after = (rank(child, assignment(each)[child["id"]]) for each in (data, other))
    assert before is None or after is None or after <= before
