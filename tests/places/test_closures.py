"""A place is open by its rules, closed by a decision that residents read at once, and unknown where nobody can tell."""

from datetime import date, time, timedelta

import pytest
from django.db import IntegrityError, transaction

from tests import cast
from todoke.japanese.calendar import today
from todoke.places.models import Place, PlaceClosure
from todoke.places.open_days import Openness, open_days
from todoke.runtime.refusals import Conflict, NotAllowed, Refused

pytestmark = pytest.mark.django_db
RULES = "【開館時間】9:00～21:30 【休館日】月曜日（祝休日の場合は、翌平日）"
FAR = date(2098, 4, 1)


def hall(code: str = "h1", rules: str = RULES) -> Place:
    return Place.objects.create(
        code=code, name="文化会館", hours_text=rules, department=cast.department(), source="試し"
    )


def test_a_week_by_the_rules_with_a_decision_before_them() -> None:
    place, clerk = hall(), cast.clerk()
    closure = PlaceClosure.declare(place, FAR, FAR + timedelta(days=1), "設備の点検のため", by=clerk)
    found = open_days(place, [closure], FAR - timedelta(days=2), 7)
    assert [each.openness for each in found] == [
        Openness.CLOSED if each.day.weekday() == 0 else
        Openness.EXTRAORDINARY if FAR <= each.day <= FAR + timedelta(days=1) else Openness.OPEN
        for each in found
    ]  # fmt: skip
    assert found[2].reason == "設備の点検のため"
    assert {each.hours for each in found if each.openness == Openness.OPEN} == {(time(9), time(21, 30))}


def test_a_decision_about_another_place_or_one_that_was_withdrawn_changes_nothing() -> None:
    place, other, clerk = hall(), hall("h2"), cast.clerk()
    day = FAR if FAR.weekday() else FAR + timedelta(days=1)
    theirs = PlaceClosure.declare(other, day, day, "点検", by=clerk)
    mine = PlaceClosure.declare(place, day, day, "点検", by=clerk)
    mine.withdraw(by=clerk)
    assert open_days(place, [theirs, mine], day, 1)[0].openness == Openness.OPEN
    assert list(PlaceClosure.objects.between(day, day)) == [theirs]
    with pytest.raises(Conflict):
        mine.withdraw(by=clerk)


@pytest.mark.parametrize("rules", ["", "不定期", "満月の夜に開く"])
def test_what_cannot_be_read_is_unknown_and_never_open(rules: str) -> None:
    assert open_days(hall(rules=rules), [], FAR, 1)[0].openness == Openness.UNKNOWN


def test_another_section_declares_nothing_headquarters_does() -> None:
    place = hall()
    stranger = cast.staff("他 課", "other@example.lg.jp", section=cast.department("道路課", "3010"))
    with pytest.raises(NotAllowed):
        PlaceClosure.declare(place, FAR, FAR, "点検", by=stranger)
    closure = PlaceClosure.declare(place, FAR, FAR, "点検", by=cast.headquarters())
    with pytest.raises(NotAllowed):
        closure.withdraw(by=stranger)
    assert not Place.objects.kept_by(stranger).exists()


@pytest.mark.parametrize(
    ("first", "last", "reason"),
    [
        (timedelta(days=2), timedelta(days=1), "点検"),
        (timedelta(days=-3), timedelta(days=-1), "点検"),
        (timedelta(days=0), timedelta(days=400), "点検"),
        (timedelta(days=1), timedelta(days=1), " "),
    ],
)
def test_days_that_are_over_or_the_wrong_way_and_no_reason_are_refused(
    first: timedelta, last: timedelta, reason: str
) -> None:
    with pytest.raises(Refused):
        PlaceClosure.declare(hall(), today() + first, today() + last, reason, by=cast.clerk())


def test_the_database_refuses_a_closure_that_ends_before_it_starts() -> None:
    closure = PlaceClosure.declare(hall(), FAR, FAR, "点検", by=cast.clerk())
    with pytest.raises(IntegrityError), transaction.atomic():
        PlaceClosure.objects.filter(pk=closure.pk).update(ends_on=FAR - timedelta(days=1))
