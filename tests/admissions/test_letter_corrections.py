"""An error found after the letters: exactly the families concerned are told, and nothing that was told is replaced."""

import pytest

from tests import cast
from tests.cast.admissions import Nursery, nursery
from todoke.admissions.models import Placement, PlacementLetter, SelectionRound
from todoke.admissions.selection.adoption import notify
from todoke.admissions.selection.letter_corrections import confirm_correction, request_correction
from todoke.admissions.selection.run_computation import compute_run
from todoke.notices.models import Message
from todoke.runtime.refusals import Conflict, NotAllowed, NotYet, Refused

pytestmark = pytest.mark.django_db


@pytest.fixture
def place() -> Nursery:
    return nursery()


@pytest.fixture
def of(place: Nursery) -> SelectionRound:
    """Two seats, three children: A and B were placed, C was left, whose points were counted too low."""
    made = place.opened()
    place.seats(made, "もも", 2)
    for number, days in (("A", (20, 20)), ("B", (20, 16)), ("C", (16, 16))):
        place.child(place.family(made, number, days), f"{number}1", "もも")
    place.adopted(made)
    notify(made, by=place.clerk)
    return made


def test_exactly_those_concerned_are_told(place: Nursery, of: SelectionRound) -> None:
    mother = cast.resident()
    of.households.filter(number="C").update(applicant=mother)
    made = request_correction(of, {"points": {"C1": 38}}, reason="加点が漏れていました。", by=place.clerk)
    compute_run(made.run)
    made.run.refresh_from_db()
    with pytest.raises(NotAllowed, match="ほかの人"):
        confirm_correction(made, by=place.clerk)
    assert confirm_correction(made, by=place.chief) == 2
    letters = PlacementLetter.objects.filter(kind="correction")
    assert {each.placement.child.number for each in letters} == {"B1", "C1"}
    assert Message.objects.filter(code="admission-correction").count() == 1
    assert Placement.objects.get(child__number="B1").facility == place.facilities["もも"]
    with pytest.raises(Conflict):
        confirm_correction(made, by=place.chief)


def test_a_correction_letter_tells_a_family_of_its_own_child_alone(place: Nursery, of: SelectionRound) -> None:
    made = request_correction(of, {"points": {"C1": 38}}, reason="加点が漏れていました。", by=place.clerk)
    compute_run(made.run)
    made.run.refresh_from_db()
    confirm_correction(made, by=place.chief)
    letter = PlacementLetter.objects.get(kind="correction", placement__child__number="C1")
    rows = {row["label"]: row["value"] for row in letter.content["rows"]}
    assert (rows["お知らせした結果"], rows["正しい結果"]) == (["保留"], ["もも保育園"])
    assert "B1" not in str(letter.content)


def test_a_correction_waits_for_its_computation_and_needs_a_reason(place: Nursery, of: SelectionRound) -> None:
    with pytest.raises(Refused, match="誤りの内容"):
        request_correction(of, {"points": {"C1": 38}}, reason=" ", by=place.clerk)
    made = request_correction(of, {"points": {"C1": 38}}, reason="加点漏れ", by=place.clerk)
    with pytest.raises(NotYet, match="まだ終わっていません"):
        confirm_correction(made, by=place.chief)
