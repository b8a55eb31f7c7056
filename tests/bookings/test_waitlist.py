"""A time given back never jumps back: first to whoever waits, in order, then to all at an announced noon."""

from datetime import UTC, datetime, timedelta

import pytest
from django.utils import timezone

from tests import cast
from tests.cast import bookings
from todoke.bookings.models import Allocation, Booking, Taken, WaitlistEntry
from todoke.bookings.returned_frames import advance_offers, claim, give_back, next_noon
from todoke.runtime.refusals import Closed, Conflict

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("instant", "noon"),
    [
        (datetime(2026, 12, 1, 2, 59, 59, tzinfo=UTC), datetime(2026, 12, 1, 3, tzinfo=UTC)),
        (datetime(2026, 12, 1, 3, 0, tzinfo=UTC), datetime(2026, 12, 2, 3, tzinfo=UTC)),
        (datetime(2026, 12, 31, 14, 0, tzinfo=UTC), datetime(2027, 1, 1, 3, tzinfo=UTC)),
    ],
)
def test_noon_is_the_next_one_in_japan(instant: datetime, noon: datetime) -> None:
    assert next_noon(instant) == noon


def test_a_returned_time_stays_closed_to_all_until_noon() -> None:
    unit, person = bookings.court(), cast.resident()
    booking = bookings.hold(unit, bookings.frame(), person)
    opens_at = cast.present(give_back(booking, by=person))
    assert opens_at > timezone.now()
    with pytest.raises(Taken):
        bookings.hold(unit, bookings.frame(), person)
    Allocation.objects.update(opens_at=timezone.now())
    assert bookings.hold(unit, bookings.frame(), person).status == "confirmed"


def test_what_begins_before_the_next_noon_is_free_at_once() -> None:
    unit, person = bookings.court(), cast.resident()
    booking = bookings.hold(unit, bookings.frame(), person)
    assert give_back(booking, by=person, now=booking.starts_at - timedelta(hours=1)) is None
    assert bookings.hold(unit, bookings.frame(), person).status == "confirmed"


def test_the_line_is_asked_in_order_for_a_day_each() -> None:
    unit, person, clerk = bookings.court(), cast.resident(), bookings.manager()
    group = cast.present(unit.resource.group)
    clubs = [bookings.club(group, clerk, name=f"第{n}クラブ") for n in (1, 2)]
    booking = bookings.hold(unit, bookings.frame(), person)
    first, second = (WaitlistEntry.join(unit, bookings.frame(), each, by=person) for each in clubs)
    with pytest.raises(Conflict):
        WaitlistEntry.join(unit, bookings.frame(), clubs[0], by=person)
    give_back(booking, by=person)
    first.refresh_from_db()
    assert first.status == "offered"
    later = cast.present(first.offered_until) + timedelta(seconds=1)
    assert (advance_offers(later), advance_offers(later)) == (1, 0)
    second.refresh_from_db()
    assert second.status == "offered"
    with pytest.raises(Closed):
        claim(WaitlistEntry.objects.get(pk=first.pk), by=person)
    claim(second, by=person)
    taken = bookings.hold(unit, bookings.frame(), person)
    assert Booking.objects.live().get() == taken
