"""A time is taken once: by holds, moves and returns, refused by the database itself."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from tests import cast
from tests.cast import bookings
from todoke.audit.models import Entry
from todoke.bookings import overlap_triggers
from todoke.bookings.contact_erasure import erase_old_contacts
from todoke.bookings.models import Allocation, Booking, Taken
from todoke.bookings.slots import Span
from todoke.bookings.tasks import release_overdue
from todoke.runtime.refusals import Closed, NotAllowed, NotYet

pytestmark = pytest.mark.django_db
SOON = timedelta(minutes=10)


def test_a_half_that_is_taken_blocks_the_whole_and_not_the_other_half() -> None:
    whole, person = bookings.court(), cast.resident()
    bookings.hold(bookings.half(whole), bookings.frame(), person)
    with pytest.raises(Taken):
        bookings.hold(whole, bookings.frame(), person)
    assert bookings.hold(bookings.half(whole, 2), bookings.frame(), person).status == Booking.Status.CONFIRMED
    assert Booking.objects.count() == 2, "what was refused left nothing"


def test_the_database_refuses_an_overlap_whoever_writes_it() -> None:
    booking = bookings.hold(bookings.court(), bookings.frame(), cast.resident())
    one = booking.allocations.all()[0]
    later = {"starts_at": one.starts_at + timedelta(hours=1), "ends_at": one.ends_at + timedelta(hours=1)}
    with pytest.raises(IntegrityError, match=overlap_triggers.NAME), transaction.atomic():
        Allocation.objects.create(booking=booking, part=one.part, **later)
    beside = Allocation.objects.create(booking=booking, part=one.part, starts_at=one.ends_at, ends_at=later["ends_at"])
    with pytest.raises(IntegrityError, match=overlap_triggers.NAME), transaction.atomic():
        Allocation.objects.filter(pk=beside.pk).update(starts_at=one.starts_at)


def test_the_rule_of_the_database_is_installed() -> None:
    assert overlap_triggers.are_installed(connection)
    overlap_triggers.uninstall(connection)
    assert not overlap_triggers.are_installed(connection)
    overlap_triggers.install(connection)


def test_a_hold_whose_time_is_over_is_gone_even_while_the_worker_sleeps() -> None:
    unit, person = bookings.court(), cast.resident()
    old = bookings.hold(unit, bookings.frame(), person, until=timezone.now() - timedelta(seconds=1))
    assert bookings.hold(unit, bookings.frame(), person).status == Booking.Status.CONFIRMED
    old.refresh_from_db()
    assert old.status == Booking.Status.EXPIRED
    with pytest.raises(Closed):
        old.confirm(by=person)


def test_the_worker_expires_holds_and_leaves_those_that_last() -> None:
    unit, person = bookings.court(), cast.resident()
    gone = bookings.hold(unit, bookings.frame(), person, until=timezone.now() - timedelta(seconds=1))
    kept = bookings.hold(unit, bookings.frame(31), person, until=timezone.now() + SOON)
    release_overdue.call()
    release_overdue.call()
    assert [Booking.objects.get(pk=each.pk).status for each in (gone, kept)] == ["expired", "held"]


def test_moving_keeps_the_old_time_when_the_new_one_is_taken() -> None:
    unit, person = bookings.court(), cast.resident()
    mine, other = (bookings.hold(unit, bookings.frame(days), person) for days in (30, 31))
    with pytest.raises(Taken):
        mine.move(bookings.parts_of(unit), other.span, by=person)
    mine.refresh_from_db()
    assert mine.span == bookings.frame(30)
    mine.move(bookings.parts_of(unit), bookings.frame(32), by=person)
    mine.refresh_from_db()
    assert (mine.span, mine.moves, mine.number) == (bookings.frame(32), 1, mine.number)
    assert bookings.hold(unit, bookings.frame(30), person).status == "confirmed", "the old time is free"


def test_a_form_that_is_sent_twice_is_one_booking() -> None:
    unit, person = bookings.court(), cast.resident()
    first, again = (bookings.hold(unit, bookings.frame(), person, form_key="one-form") for _ in range(2))
    assert first.pk == again.pk


def test_a_booking_that_came_late_is_taken_again_only_where_it_is_free() -> None:
    unit, person = bookings.court(), cast.resident()
    past = timezone.now() - timedelta(seconds=1)
    lost, kept = (bookings.hold(unit, bookings.frame(days), person, until=past) for days in (30, 31))
    release_overdue.call()
    bookings.hold(unit, bookings.frame(30), person)
    for booking in (lost, kept):
        booking.refresh_from_db()
    with pytest.raises(Taken):
        lost.take_again(by=person)
    kept.take_again(by=person)
    assert Booking.objects.get(pk=kept.pk).status == "confirmed"


def test_who_came_is_noted_by_the_section_and_absence_after_a_quarter_of_an_hour() -> None:
    unit, person, clerk = bookings.court(), cast.resident(), bookings.manager()
    stranger = cast.clerk()
    begun = Span(timezone.now() - timedelta(minutes=5), timezone.now() + timedelta(hours=1))
    booking = bookings.hold(unit, begun, person)
    with pytest.raises(NotAllowed):
        booking.check_in(by=stranger)
    with pytest.raises(NotYet):
        booking.mark_absent(by=clerk)
    booking.check_in(by=clerk)
    with pytest.raises(Closed):
        booking.check_in(by=clerk)
    assert not Booking.objects.visible_to(stranger).exists()
    assert Booking.objects.visible_to(clerk).get() == booking


def test_each_act_leaves_one_entry() -> None:
    unit, person = bookings.court(), cast.resident()
    booking = bookings.hold(unit, bookings.frame(), person, until=timezone.now() + SOON)
    booking.confirm(by=person)
    booking.cancel(by=person)
    acts = Entry.objects.filter(subject=f"bookings.booking/{booking.pk}").values_list("act", flat=True)
    assert list(acts.order_by("sequence")) == ["仮予約", "予約の確定", "予約の取消"]


def test_names_leave_thirteen_months_after_use_and_counts_stay() -> None:
    unit, person = bookings.court(), cast.resident()
    booking = bookings.hold(unit, bookings.frame(), person)
    assert erase_old_contacts(timezone.now()) == 0
    assert erase_old_contacts(booking.ends_at + timedelta(days=400)) == 1
    booking.refresh_from_db()
    assert (booking.contact_name, booking.contact_email, booking.people) == ("", "", 1)
