"""Shelters open, are reported on by their section, and say nothing that is too old."""

from datetime import timedelta

import pytest
from django.utils import timezone

from tests import cast
from todoke.accounts.models import User
from todoke.places.models import OccupancyPoint, OccupancyReport, Place
from todoke.places.occupancy_level import Age
from todoke.runtime.refusals import Closed, Conflict, NotAllowed, Refused

pytestmark = pytest.mark.django_db


def shelter(number: int = 1, capacity: int | None = 100) -> OccupancyPoint:
    place = Place.objects.create(code=f"s{number}", name=f"第{number}小学校", source="試し")
    return OccupancyPoint.objects.create(place=place, department=cast.department(), kind="shelter", capacity=capacity)


def told(point: OccupancyPoint, minutes: int = 0) -> Age:
    row = OccupancyPoint.objects.with_latest().get(pk=point.pk)
    return row.state_at(timezone.now() + timedelta(minutes=minutes)).age


def test_a_shelter_opens_is_reported_on_ages_and_closes() -> None:
    point, clerk = shelter(), cast.clerk()
    assert told(point) == Age.CLOSED
    with pytest.raises(Closed):
        point.report("free", by=clerk)
    point.open(by=clerk)
    assert told(point) == Age.UNKNOWN
    point.report("crowded", by=clerk)
    assert [told(point, minutes) for minutes in (0, 59, 61, 179, 181)] == [
        Age.FRESH, Age.FRESH, Age.OLD, Age.OLD, Age.UNKNOWN,
    ]  # fmt: skip
    point.close(by=clerk)
    assert told(point) == Age.CLOSED
    with pytest.raises(Conflict):
        point.close(by=clerk)


def test_what_was_reported_before_it_opened_again_is_not_told() -> None:
    point, clerk = shelter(), cast.clerk()
    point.open(by=clerk)
    point.report("full", by=clerk)
    point.close(by=clerk)
    point.open(by=clerk)
    assert told(point) == Age.UNKNOWN


def test_a_count_gives_the_level_and_neither_level_nor_count_is_refused() -> None:
    point, clerk = shelter(), cast.clerk()
    point.open(by=clerk)
    assert point.report(by=clerk, people=85).level == "full"
    for level in ("", "unknown"):
        with pytest.raises(Refused):
            point.report(level, by=clerk)
    with pytest.raises(TypeError):
        cast.present(OccupancyReport.objects.first()).save()


def test_another_section_does_not_report_headquarters_does_by_telephone() -> None:
    point = shelter()
    stranger = cast.staff("他 課", "other@example.lg.jp", section=cast.department("道路課", "3010"))
    with pytest.raises(NotAllowed):
        point.open(by=stranger)
    assert not OccupancyPoint.objects.reportable_by(stranger).exists()
    headquarters: User = cast.headquarters()
    point.open(by=headquarters)
    assert point.report("free", by=headquarters, source="phone").source == "phone"


def test_twelve_shelters_of_which_four_overflow_are_told_with_one_query(django_assert_num_queries: object) -> None:
    """After Komae 2019: 12 points, 3,900 people; the numbers of each are made up."""
    clerk = cast.clerk()
    people = [520, 480, 450, 430, 350, 330, 300, 280, 250, 220, 180, 110]
    assert sum(people) == 3_900
    for number, count in enumerate(people):
        point = shelter(number, 500)
        point.open(by=clerk)
        point.report(by=clerk, people=count)
    with django_assert_num_queries(1):  # type: ignore[operator] # a fixture without types
        rows = list(OccupancyPoint.objects.with_latest())
    levels = [str(cast.present(row.state_at(timezone.now()).level)) for row in rows]
    assert levels.count("full") == 4
    assert set(levels) == {"full", "crowded", "some", "free"}
