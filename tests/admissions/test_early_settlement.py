"""Households that need consideration are settled by people first; the main round takes what is left."""

import pytest

from tests.cast.admissions import Nursery, nursery
from todoke.admissions.models import ApplicantChild, Directive, Placement, SelectionRound
from todoke.admissions.selection.adoption import notify
from todoke.admissions.selection.earlier_round import carry_over, returned_seats
from todoke.admissions.selection.early_settlement import bring_forward, early_seats, settle
from todoke.admissions.selection.input_fixation import open_points
from todoke.runtime.refusals import NotAllowed, Refused

pytestmark = pytest.mark.django_db


@pytest.fixture
def place() -> Nursery:
    return nursery()


@pytest.fixture
def early(place: Nursery) -> SelectionRound:
    """An earlier round with two seats of its own at もも."""
    made = place.opened(kind="early")
    place.seats(made, "もも", 2)
    return made


@pytest.fixture
def main(place: Nursery, early: SelectionRound) -> SelectionRound:
    """The main round: one seat at もも, and four children of falling points, D needing consideration."""
    made = place.opened(earlier=early)
    place.seats(made, "もも", 1)
    for number, days in (("A", (20, 20)), ("B", (20, 16)), ("C", (16, 16)), ("D", (12, 12))):
        place.child(place.family(made, number, days), f"{number}1", "もも")
    return made


def settled(place: Nursery, early: SelectionRound, child: ApplicantChild) -> Directive:
    made = settle(child, place.facilities["もも"], note="面談の記録", by=place.chief)
    made.approve(by=place.director)
    return made


def brought(place: Nursery, early: SelectionRound) -> ApplicantChild:
    bring_forward(early, "D", by=place.chief)
    return early.children.select_related("round__scheme__department", "household").get()


def placed(of: SelectionRound) -> dict[str, str]:
    rows = Placement.objects.filter(round=of).select_related("child", "facility")
    return {each.child.number: each.facility.name if each.facility else "保留" for each in rows}


def test_a_household_is_brought_forward_settled_by_two_people_and_leaves_the_main_round(
    place: Nursery, early: SelectionRound, main: SelectionRound
) -> None:
    child = brought(place, early)
    assert [point.kind for point in open_points(early)[0] if point.place == "early"] == ["early_unsettled"]
    settled(place, early, child)
    place.adopted(early)
    assert placed(early) == {"D1": "もも保育園"}
    assert returned_seats(main) == {"F1-1": 1}
    place.adopted(main)
    assert placed(main) == {"A1": "もも保育園", "B1": "もも保育園", "C1": "保留"}


def test_nobody_is_placed_by_points_in_the_early_round(
    place: Nursery, early: SelectionRound, main: SelectionRound
) -> None:
    child = brought(place, early)
    bring_forward(early, "A", by=place.chief)
    settled(place, early, child)
    early.children.get(number="A1").withdraw(reason="先行枠では決めない", by=place.clerk)
    place.adopted(early)
    assert placed(early) == {"D1": "もも保育園"}


def test_no_more_are_promised_than_there_are_seats(place: Nursery, early: SelectionRound, main: SelectionRound) -> None:
    for number in "ABC":
        bring_forward(early, number, by=place.chief)
    first, second, third = early.children.select_related("round__scheme__department", "household").order_by("number")
    settled(place, early, first)
    settled(place, early, second)
    assert [each.left for each in early_seats(early)] == [0]
    with pytest.raises(Refused, match="空いている席がありません"):
        settle(third, place.facilities["もも"], note="面談", by=place.chief)


def test_only_the_role_brings_forward_and_only_once(
    place: Nursery, early: SelectionRound, main: SelectionRound
) -> None:
    with pytest.raises(NotAllowed):
        bring_forward(early, "D", by=place.clerk)
    bring_forward(early, "D", by=place.chief)
    with pytest.raises(Refused, match="すでに先行枠"):
        bring_forward(early, "D", by=place.chief)
    with pytest.raises(Refused, match="いません"):
        bring_forward(early, "Z", by=place.chief)


def test_the_main_round_waits_for_the_decision_of_the_early_one(place: Nursery, main: SelectionRound) -> None:
    (point,) = [point for point in open_points(main)[0] if point.kind == "earlier"]
    assert not point.signable


def test_seats_that_were_declined_and_the_waiting_go_on_to_the_next_round(place: Nursery) -> None:
    first = place.opened()
    place.seats(first, "もも", 1)
    for number, days in (("A", (20, 20)), ("B", (12, 12))):
        place.child(place.family(first, number, days), f"{number}1", "もも")
    place.adopted(first)
    notify(first, by=place.clerk)
    Placement.objects.get(child__number="A1").answer("declined", by=place.clerk)
    second = place.opened(kind="second", earlier=first)
    place.seats(second, "もも", 0)
    assert returned_seats(second) == {"F1-1": 1}
    assert carry_over(second, by=place.clerk) == 1
    with pytest.raises(Refused, match="引き継ぐ世帯はいません"):
        carry_over(second, by=place.clerk)
    place.adopted(second)
    assert placed(second) == {"B1": "もも保育園"}


def test_rules_that_keep_freed_seats_give_none_back(place: Nursery) -> None:
    first = place.opened()
    place.seats(first, "もも", 2)
    place.child(place.family(first, "A"), "A1", "もも")
    place.adopted(first)
    document = {**first.rule_version.document, "freed_seats": "none"}
    first.rule_version.document = document
    second = place.opened(kind="second", earlier=first)
    second.earlier = first
    assert returned_seats(second) == {}


def test_who_declines_after_the_next_round_was_fixed_frees_no_seat_in_it(place: Nursery) -> None:
    first = place.opened()
    place.seats(first, "もも", 1)
    place.child(place.family(first, "A"), "A1", "もも")
    place.adopted(first)
    notify(first, by=place.clerk)
    second = place.settled(place.opened(kind="second", earlier=first))
    Placement.objects.get(child__number="A1").answer("declined", by=place.clerk)
    assert returned_seats(second) == {}
