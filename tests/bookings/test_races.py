"""Races: many want the same times at one moment, each on a connection of its own."""

from datetime import timedelta

import pytest
from django.db import OperationalError, connection, transaction
from django.db.models import F
from django.utils import timezone

from tests import cast
from tests.cast import bookings, reception
from tests.cast.races import together
from todoke.accounts.actors import Guest
from todoke.bookings.models import Allocation, Booking, BookingDetails, Course, EnrolmentRequest
from todoke.bookings.models.allocation import lock_parts
from todoke.bookings.slots import Span
from todoke.reception import facility_requests
from todoke.runtime.refusals import Busy

pytestmark = pytest.mark.django_db(transaction=True)


def overlaps() -> int:
    standing = Allocation.objects.filter(released_at=None)
    return sum(
        standing.filter(part=one.part, starts_at__lt=one.ends_at, ends_at__gt=one.starts_at).exclude(pk=one.pk).count()
        for one in standing
    )


@pytest.mark.postgresql
def test_two_hundred_race_for_twenty_slots() -> None:
    unit = bookings.court(halves=1)
    parts, section = bookings.parts_of(unit), unit.resource.department
    first = bookings.frame()
    slots = [Span(first.start + timedelta(days=n), first.end + timedelta(days=n)) for n in range(20)]

    def wish(number: int) -> None:
        Booking.take(parts, slots[number % 20], BookingDetails(section, unit, people=number + 1), by=Guest())

    done = [
        each for tens in range(5)
        for each in together(*[lambda n=n: wish(n) for n in range(40 * tens, 40 * tens + 40)])
    ]  # fmt: skip
    assert (sum(done), len(done)) == (20, 200)
    assert Booking.objects.count() == Allocation.objects.count() == 20
    assert overlaps() == 0


@pytest.mark.postgresql
def test_bundles_in_any_order_neither_overlap_nor_stand_half() -> None:
    units = [bookings.court(code=f"room{n}", halves=1) for n in range(4)]
    parts = [bookings.parts_of(unit)[0] for unit in units]
    section = units[0].resource.department

    def wish(number: int) -> None:
        chosen = [parts[number % 4], parts[(number + 1) % 4]]
        Booking.take(chosen[:: 1 if number % 2 else -1], bookings.frame(), BookingDetails(section), by=Guest())

    done = together(*[lambda n=n: wish(n) for n in range(24)])
    assert sum(done) == Booking.objects.count()
    assert Allocation.objects.count() == 2 * Booking.objects.count()
    assert overlaps() == 0


def test_thirty_seats_are_taken_thirty_times() -> None:
    start = timezone.now() + timedelta(days=20)
    course = Course.objects.create(
        code="phone", title="はじめてのスマホ", department=cast.department(), place="中央公民館", capacity=30,
        starts_at=start, ends_at=start + timedelta(hours=2), closes_at=start - timedelta(days=1),
    )  # fmt: skip

    def enrol(number: int) -> None:
        wanted = EnrolmentRequest(f"受講者{number}", phone="03-0000-0000", channel="phone")
        Course.objects.get().enrol(wanted, by=Guest())

    for tens in range(4):
        together(*[lambda n=n: enrol(n) for n in range(10 * tens, 10 * tens + 10)])
    course.refresh_from_db()
    assert course.taken == 30
    assert course.enrolments.filter(status="confirmed").count() == 30
    waiting = course.enrolments.filter(status="waiting").order_by("position").values_list("position", flat=True)
    assert list(waiting) == list(range(1, 11))
    first = course.enrolments.filter(status="confirmed")[0]
    moved = first.withdraw(by=Guest())
    assert [each.position for each in moved] == [1]
    assert Course.objects.filter(taken=F("capacity")).exists()


@pytest.mark.postgresql
def test_two_days_of_one_hall_do_not_wait_for_each_other_and_a_long_time_waits_for_all() -> None:
    unit, section = bookings.court(halves=1), bookings.halls()
    parts, day = bookings.parts_of(unit), bookings.frame(30)
    month = Span(day.start - timedelta(days=5), day.end + timedelta(days=25))

    def take(span: Span) -> None:
        with transaction.atomic():
            with connection.cursor() as cursor:
                cursor.execute("SET LOCAL lock_timeout = '300ms'")
            Booking.take(parts, span, BookingDetails(section, unit), by=Guest())

    def is_held_up(span: Span) -> bool:
        found: list[bool] = []

        def wait() -> None:
            try:
                take(span)
            except OperationalError:
                found.append(True)

        together(wait)
        return bool(found)

    with transaction.atomic():
        lock_parts(parts, day)
        assert not is_held_up(bookings.frame(31))
        assert is_held_up(bookings.frame(30, 1))
        assert is_held_up(month)
    with transaction.atomic():
        lock_parts(parts, month)
        assert is_held_up(bookings.frame(32))


@pytest.mark.postgresql
def test_whoever_waits_too_long_for_a_time_is_told_to_press_again_and_nothing_is_written() -> None:
    unit, who, _ = reception.paid_hall()
    said: list[str] = []

    def ask() -> None:
        with connection.cursor() as cursor:
            cursor.execute("SET lock_timeout = '300ms'")
        try:
            facility_requests.request(reception.wish(unit, who), by=Guest())
        except Busy as busy:
            said.append(str(busy))
        finally:
            connection.close()

    with transaction.atomic():
        lock_parts(unit.whole_parts(), reception.wish(unit, who).span)
        together(ask)
    assert ["もう一度押してください" in each for each in said] == [True]
    assert not Booking.objects.exists()
    assert facility_requests.request(reception.wish(unit, who), by=Guest()).booking.status == "held"


@pytest.mark.postgresql
def test_a_group_takes_no_more_than_its_rules_allow_at_one_moment() -> None:
    unit, who, _ = reception.paid_hall(most_a_day=1)
    wishes = [reception.wish(bookings.half(unit, number), who) for number in (1, 2)]
    done = together(*[lambda each=each: facility_requests.request(each, by=Guest()) for each in wishes])
    assert (sum(done), Booking.objects.count()) == (1, 1)
