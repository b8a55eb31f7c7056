"""Figures of bookings: what was used of what could be lent, who lost a draw, who did not come; by hand the same."""

from datetime import timedelta

import pytest
from django.utils import timezone

from tests import cast
from tests.cast import bookings, payments, reception
from todoke.accounts.actors import System
from todoke.bookings.models import Booking, Course, Enrolment, Frame, Lottery
from todoke.bookings.slots import Span
from todoke.insights import booking_figures
from todoke.insights.class_figures import class_figures
from todoke.japanese.calendar import business_date, today
from todoke.payments import collection
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


def test_the_cashless_rate_counts_cards_and_codes_of_all_fees_paid_in_the_month() -> None:
    unit, who, clerk = reception.paid_hall()
    uses = [facility_requests.request(reception.wish(unit, who, number=number), by=clerk) for number in range(3)]
    for number, use in enumerate(uses[:2]):
        collection.pay_at_counter(cast.present(use.charge), reference=f"till-{number}", by=clerk)
    attempt = payments.attempt(cast.present(uses[2].charge))
    collection.handle_event(payments.told(attempt))
    [found] = booking_figures.payments(today())
    assert (found.resource, found.share.part, found.share.whole) == (unit.resource, 1, 3)
    assert sum(count for _, count in found.methods) == 3
    assert booking_figures.payments(today(), unit.resource) == [found]
    assert booking_figures.payments(today() - timedelta(days=40)) == []


def test_who_came_to_classes_is_told_by_way_and_age_and_few_are_hidden() -> None:
    start = timezone.now() - timedelta(hours=1)
    course = Course.objects.create(
        code="phone", title="スマホ", department=bookings.halls(), place="公民館", capacity=30, starts_at=start,
        ends_at=start + timedelta(hours=2), closes_at=start - timedelta(days=1),
    )  # fmt: skip
    ages = ["from75"] * 8 + ["under75"] * 7 + ["under40"] * 2
    Enrolment.objects.bulk_create(
        Enrolment(course=course, contact_name="見本", contact_phone="03", seats=1, channel="phone", age_band=age,
                  status="absent" if number == 0 else "attended", enrolled_at=start)
        for number, age in enumerate(ages)
    )  # fmt: skip
    found = class_figures(business_date(start))
    assert (found.share.part, found.share.whole) == (16, 17)
    assert dict(found.by_channel)["電話"] == "16"
    told = dict(found.by_age)
    assert told["39歳以下"] == "x"
    assert sum(int(each) for each in told.values() if each != "x") < 16, "what is left out cannot be reckoned back"
