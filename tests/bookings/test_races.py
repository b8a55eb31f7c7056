"""Races: many want the same times at one moment, each on a connection of its own."""

from datetime import timedelta

import pytest
from django.db.models import F
from django.utils import timezone

from tests import cast
from tests.cast import bookings
from tests.cast.races import together
from todoke.accounts.actors import Guest
from todoke.bookings.models import Allocation, Booking, BookingDetails, Course
from todoke.bookings.slots import Span

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
        Course.objects.get().enrol(name=f"受講者{number}", phone="03-0000-0000", channel="phone", by=Guest())

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
