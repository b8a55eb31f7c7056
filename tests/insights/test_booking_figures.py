"""Figures of bookings: what was used of what could be lent, who lost a draw, who did not come; by hand the same."""

from datetime import timedelta

import pytest
from django.utils import timezone

from tests import cast
from tests.cast import bookings, reception
from todoke.accounts.actors import System
from todoke.bookings.models import Booking, Frame, Lottery
from todoke.bookings.slots import Span
from todoke.insights import booking_figures
from todoke.japanese.calendar import business_date
from todoke.reception import facility_requests, staff_holds
from todoke.reception.lottery_awards import announce

pytestmark = pytest.mark.django_db


def lent_minutes(days: int, parts: int) -> int:
    return days * parts * (3 + 4 + 3) * 60


def test_the_use_of_a_hall_leaves_out_what_staff_hold_and_counts_each_half() -> None:
    unit, who, clerk = reception.paid_hall()
    day = bookings.frame(20).start
    month = business_date(day)
    facility_requests.request(reception.wish(bookings.half(unit), who), by=clerk)
    staff_holds.hold(unit, bookings.frame(20, 1), label="保守", reason="点検", by=clerk)
    Booking.objects.filter(status="held").update(status="confirmed", held_until=None)
    [found] = booking_figures.hall_uses(month)
    span = booking_figures.month_span(month)
    days = (business_date(span.end) - business_date(span.start)).days
    assert (found.lent, found.held, found.used) == (lent_minutes(days, 2), 2 * 4 * 60, 3 * 60)
    assert found.share.whole == found.lent - found.held


def test_the_losing_rate_of_a_draw_is_its_losers_of_all_entries() -> None:
    unit, first, clerk = reception.paid_hall()
    group, now = cast.present(unit.resource.group), timezone.now()
    lottery = announce(
        group, "来月分", [(unit, bookings.frame(40))], source="終値", closes_at=now + timedelta(hours=1),
        draws_at=now + timedelta(hours=2), limit=1, by=clerk,
    )  # fmt: skip
    for each in (first, *(bookings.club(group, clerk, name=f"第{n}クラブ") for n in range(2))):
        lottery.enter(each, [lottery.items.get()], weight=1, by=clerk)
    past = now - timedelta(hours=1)
    Lottery.objects.update(closes_at=past, draws_at=past + timedelta(minutes=1))
    lottery.refresh_from_db()
    lottery.close(by=System())
    lottery.draw("38,915.87", by=clerk)
    [found] = booking_figures.draws(business_date(past))
    assert (found.entries, found.lost, str(found.share.percent)) == (3, 2, "66.7")


def test_any_number_of_bookings_asks_as_often(django_assert_max_num_queries: object) -> None:
    unit, who, clerk = reception.paid_hall()
    for number in range(3):
        facility_requests.request(reception.wish(unit, who, number=number), by=clerk)
    with django_assert_max_num_queries(5):  # type: ignore[operator] # a fixture of pytest-django
        booking_figures.hall_uses(business_date(bookings.frame(20).start))


def test_a_month_without_anything_has_no_percent() -> None:
    assert booking_figures.absences(business_date(timezone.now())).percent is None
    assert Frame.objects.count() == 0
    assert isinstance(booking_figures.month_span(business_date(timezone.now())), Span)
