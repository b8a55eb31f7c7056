import pytest

from todoke.admissions.selection.joint_outcomes import joint_outcomes, outcome_count
from todoke.admissions.selection.round_instance import lottery_order

pytestmark = pytest.mark.sqlite
TWINS = [["もも", "みかん"], ["みかん", "もも"]]


def test_a_family_that_wants_one_facility_lists_only_those() -> None:
    assert joint_outcomes(TWINS, same="required", partial="none") == [("もも", "もも"), ("みかん", "みかん")]


def test_a_family_that_prefers_one_facility_puts_those_first() -> None:
    assert joint_outcomes(TWINS, same="preferred", partial="none")[:3] == [
        ("もも", "もも"), ("みかん", "みかん"), ("もも", "みかん")
    ]  # fmt: skip


def test_ranks_decide_where_the_facility_does_not_matter() -> None:
    assert joint_outcomes(TWINS, same="rank", partial="any")[0] == ("もも", "みかん")


def test_both_or_neither_leaves_nobody_behind() -> None:
    assert all(None not in outcome for outcome in joint_outcomes(TWINS, same="rank", partial="none"))


def test_only_the_named_child_may_be_placed_alone() -> None:
    alone = [outcome for outcome in joint_outcomes(TWINS, same="rank", partial="named:1") if None in outcome]
    assert alone == [(None, "みかん"), (None, "もも")]


def test_either_alone_stands_behind_both() -> None:
    found = joint_outcomes(TWINS, same="rank", partial="any")
    assert [outcome.count(None) for outcome in found] == [0] * 4 + [1] * 4
    assert len(found) == outcome_count(TWINS) - 1


def test_the_lottery_is_drawn_for_each_child_of_a_scheme_and_known_to_nobody_before() -> None:
    drawn = lottery_order("seed", "nursery", ["A", "B", "C"])
    assert drawn == lottery_order("seed", "nursery", ["C", "B", "A"])
    assert sorted(drawn.values()) == [1, 2, 3]
    assert len({tuple(lottery_order(str(seed), "nursery", ["A", "B", "C"]).items()) for seed in range(20)}) > 1
