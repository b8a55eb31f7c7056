"""After-school clubs are placed by the same engine, under the published criteria of a municipality."""

import pytest

from tests.cast.admissions import Nursery, nursery
from todoke.admissions.models import Placement, PlacementLetter, Scheme, ScoringFact
from todoke.admissions.points.real_tables import table

pytestmark = pytest.mark.django_db


def club() -> Nursery:
    """A section with after-school clubs under the criteria of Akishima: the lower of two guardians counts."""
    place = nursery(dict(table("akishima_clubs_2025")))
    Scheme.objects.filter(pk=place.scheme.pk).update(kind=Scheme.Kind.CLUB)
    place.scheme.refresh_from_db()
    return place


def test_a_club_takes_the_child_whose_lower_guardian_has_more_points() -> None:
    place = club()
    of = place.opened()
    place.seats(of, "もも", 1, 1, 2, 3)
    for number, days, age in (("A", (20, 16), 3), ("B", (20, 20), 1)):
        home = place.family(of, number, days)
        for guardian in (1, 2):
            ScoringFact.write(home, "work_minutes", "480", guardian=guardian, by=place.clerk)
        place.child(home, f"{number}1", "もも", age=age)
    place.adopted(of)
    placed = {each.child.number: each.facility for each in Placement.objects.select_related("child", "facility")}
    assert placed == {"A1": None, "B1": place.facilities["もも"]}
    letter = PlacementLetter.objects.get(placement__child__number="A1").content
    assert letter["opening"][0].startswith("申込みのあった学童クラブの利用について")
    assert {row["label"]: row["value"] for row in letter["rows"]}["クラス"] == ["3年生"]
    assert letter["reasons"][0].startswith("もも保育園: お子さんの点数は19点です。")
