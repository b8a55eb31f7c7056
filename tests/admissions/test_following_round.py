"""After the earlier round, whoever was placed is gone, whoever was not applies as before, and seats flow back."""

import pytest

from tests.admissions.markets import Document, example
from todoke.admissions.child_placement import place
from todoke.admissions.following_round import following_round
from todoke.admissions.instance import InvalidInstance
from todoke.admissions.instance_reader import read_instance


def earlier_round() -> Document:
    """An earlier round of R and S with two seats at あか and one at みどり."""
    data = example("pin_conflict")
    return {
        **data, "name": "先行", "directives": [],
        "pools": [{**data["pools"][0], "capacity": 1}, {**data["pools"][1], "capacity": 1}],
        "children": [each for each in data["children"] if each["id"] in {"R", "S"}],
        "families": [each for each in data["families"] if each["id"] in {"R", "S"}],
    }  # fmt: skip


def test_a_placed_family_leaves_and_its_unused_seats_flow_back() -> None:
    main, earlier = example("pin_conflict"), read_instance(earlier_round())
    settled = place(earlier).result
    assert settled["assignment"] == {"R": "あか", "S": None}
    after = following_round(main, earlier, settled, seats_back=True)
    assert [family["id"] for family in after.families] == ["P", "Q", "S", "T", "W", "X", "Y"]
    assert {pool["id"]: pool["capacity"] for pool in after.pools}["みどり-0"] == 2
    assert after.data["earlier"] == {"instance": "先行", "sha256": earlier.sha256, "seats_back": True}
    assert place(after).result["assignment"]["T"] == "みどり"


def test_seats_stay_where_the_rules_say_so_and_a_broken_result_is_refused() -> None:
    main, earlier = example("pin_conflict"), read_instance(earlier_round())
    kept = following_round(main, earlier, place(earlier).result, seats_back=False)
    assert kept.capacities == [2, 1, 1, 1, 1]
    with pytest.raises(InvalidInstance, match="規則に反して"):
        following_round(main, earlier, {"assignment": {"R": "あか", "S": "あか"}}, seats_back=True)
