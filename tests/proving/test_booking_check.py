"""The proof of bookings sees each way in which a time, a fee or a list is broken, and nothing where all is right."""

import random
from collections.abc import Iterator

import pytest
from django.db import connection

from todoke.bookings import closed_list_triggers, overlap_triggers
from todoke.bookings.models import Booking, LotteryEntry
from todoke.notices.models import Message
from todoke.payments.models import Charge
from todoke.proving import service
from todoke.proving.booking_proof import booking_acts, booking_check, booking_faults
from todoke.reception.models import FacilityUse

pytestmark = pytest.mark.django_db


@pytest.fixture
def residents() -> Iterator[booking_acts.Residents]:
    service.build()
    booking_acts.prepare()
    yield booking_acts.Residents(7)
    if connection.vendor == "postgresql":
        return  # its tables come back with the rollback of the test
    overlap_triggers.install(connection)
    closed_list_triggers.install(connection)


def kinds() -> set[str]:
    return {words.split()[0] for words in booking_check.check()}


def test_a_hundred_acts_break_nothing_and_each_breach_is_seen(residents: booking_acts.Residents) -> None:
    for _ in range(100):
        residents.act()
    assert Booking.objects.filter(status="confirmed", use__isnull=False).exists()
    assert kinds() == set()
    paid = FacilityUse.objects.filter(booking__status="confirmed")[0]
    FacilityUse.objects.filter(pk=paid.pk).update(permit_number=None)
    assert kinds() == {"B2"}
    FacilityUse.objects.filter(pk=paid.pk).update(permit_number=paid.permit_number)
    booking = paid.booking
    Booking.objects.filter(pk=booking.pk).update(status="expired")
    assert "B3" in kinds()
    Booking.objects.filter(pk=booking.pk).update(status="confirmed")
    one = Message.objects.filter(code="facility-confirmed")[0]
    one.pk, one.token = None, one.token[::-1]
    one.save(force_insert=True)
    assert kinds() == {"B4"}
    assert Charge.objects.exists()


def test_a_list_that_was_altered_after_closing_is_seen(residents: booking_acts.Residents) -> None:
    booking_faults.plant("booking-list-altered")
    assert LotteryEntry.objects.filter(weight=9).count() == 1
    assert kinds() == {"B6"}


def test_a_dropped_rule_is_seen_with_the_overlaps_it_lets_through(residents: booking_acts.Residents) -> None:
    booking_faults.plant("booking-triggers-dropped")
    residents.chance = random.Random(1)
    for _ in range(120):
        residents.act()
    found = [words for words in booking_check.check() if words.startswith("B1")]
    assert len(found) > 1
