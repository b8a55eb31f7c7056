"""A section begins to receive people: purpose, times, officers and places by one page, without code."""

from typing import Any

import pytest
from django.urls import reverse

from tests import cast
from tests.cast import bookings
from todoke.bookings.models import Resource
from todoke.reception.models import AvailabilityPeriod, VisitPurpose
from todoke.reception.visits.visit_setup import end_purpose
from todoke.reception.visits.visit_slots import days_with_room
from todoke.runtime.refusals import Conflict, NotAllowed

pytestmark = pytest.mark.django_db


def typed(**more: Any) -> dict[str, Any]:
    return {
        "department": bookings.halls().pk, "title": "就学の相談", "minutes": "30", "modes": ["desk", "phone"],
        "lead_days": "1", "times": "午前、9:00、12:00、月火水木金", "officers": "2", "desks": "1", "screens": "0",
        "language": "手話", **more,
    }  # fmt: skip


def test_a_purpose_is_opened_and_people_find_a_time() -> None:
    clerk = bookings.manager()
    answer = cast.signed_in(clerk).post(reverse("office:visit-purposes-opening"), typed())
    assert answer.status_code == 302
    purpose = VisitPurpose.objects.prefetch_related("periods").get()
    assert AvailabilityPeriod.objects.count() == 5
    for mode, language in (("desk", ""), ("phone", ""), ("desk", "手話")):
        ((_, spans),) = days_with_room(purpose, 1, mode=mode, language=language)
        assert len(spans) == 6, "every half hour of the morning"
    page = cast.signed_in(clerk).get(reverse("office:visit-purposes")).content.decode()
    assert "就学の相談" in page
    assert "月 09:00~12:00" in page


def test_a_second_purpose_shares_the_officers_that_there_are() -> None:
    client = cast.signed_in(bookings.manager())
    for title in ("就学の相談", "就学援助"):
        client.post(reverse("office:visit-purposes-opening"), typed(title=title))
    assert {each.kind: each.parts.count() for each in Resource.objects.all()} == {
        "person": 2, "desk": 1, "interpreter": 1,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("change", "said"),
    [({"desks": "0"}, "相談窓口"), ({"times": "午前、9時から"}, "区分の1行目"), ({"officers": "0"}, "担当者の人数")],
)
def test_what_is_lacking_is_said(change: dict[str, str], said: str) -> None:
    answer = cast.signed_in(bookings.manager()).post(reverse("office:visit-purposes-opening"), typed(**change))
    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert not VisitPurpose.objects.exists()


def test_a_purpose_ends_once_and_by_its_own_section() -> None:
    clerk, stranger = bookings.manager(), cast.clerk()
    cast.signed_in(clerk).post(reverse("office:visit-purposes-opening"), typed())
    purpose = VisitPurpose.objects.get()
    with pytest.raises(NotAllowed):
        end_purpose(purpose, by=stranger)
    cast.signed_in(clerk).post(reverse("office:visit-purpose-ending", args=[purpose.code]))
    assert VisitPurpose.objects.get().ended_on is not None
    with pytest.raises(Conflict):
        end_purpose(VisitPurpose.objects.get(), by=clerk)
