"""The proof of bookings sees each way in which a time, a fee or a list is broken, and nothing where all is right."""

import random
from collections import Counter
from collections.abc import Iterator

import pytest
from django.db import connection

from todoke.bookings import closed_list_triggers, overlap_triggers
from todoke.bookings.models import Allocation, Booking, Lottery, LotteryEntry
from todoke.notices.models import Message
from todoke.payments.models import Charge
from todoke.proving import service
from todoke.proving.booking_proof import booking_acts, booking_check, synthetic_facilities
from todoke.proving.faults import BOOKINGS, Mutant, MutantResult
from todoke.reception.models import FacilityUse, Visit

pytestmark = pytest.mark.django_db


@pytest.fixture
def residents() -> Iterator[booking_acts.Residents]:
    service.build()
    synthetic_facilities.prepare()
    acting = booking_acts.Residents(7)
    for act in [each for each in acting.weights if each.__name__ in {"_pay_online", "_poll"}]:
        del acting.weights[act]  # they ask a provider, which is another process
    acting.second = lambda: 0
    yield acting
    if connection.vendor == "postgresql":
        return  # its tables come back with the rollback of the test
    overlap_triggers.install(connection)
    closed_list_triggers.install(connection)


def kinds(*facts: dict[str, str]) -> set[str]:
    booking_check.settle()
    return {words.split()[0] for words in booking_check.check(facts)}


def test_a_hundred_acts_break_nothing_and_each_breach_is_seen(residents: booking_acts.Residents) -> None:
    for _ in range(160):
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


def test_half_a_visit_and_an_answer_that_is_nowhere_are_seen(residents: booking_acts.Residents) -> None:
    while not Visit.objects.filter(booking__status="confirmed").exists():
        residents.act()
    assert kinds({"what": "booked", "number": Booking.objects.all()[0].number}) == set()
    assert kinds({"what": "booked", "number": "B0"}, {"what": "paid", "reference": "till-0"}) == {"B9"}
    assert kinds({"what": "failed", "why": "KeyError()"}) == {"B0"}
    visit = Visit.objects.filter(booking__status="confirmed")[0]
    officer = Allocation.objects.filter(booking=visit.booking, part__resource__kind="person")
    officer.update(released_at=visit.booking.booked_at)
    assert kinds() == {"B8"}


def test_a_list_that_was_altered_after_closing_is_seen(residents: booking_acts.Residents) -> None:
    closed_list_triggers.uninstall(connection)
    entry = LotteryEntry.objects.filter(lottery__status=Lottery.Status.CLOSED)[0]
    LotteryEntry.objects.filter(pk=entry.pk).update(weight=9)
    assert kinds() == {"B6", "B7"}
    closed_list_triggers.install(connection)
    assert kinds() == {"B6"}


def test_a_dropped_rule_is_seen_with_the_overlaps_it_lets_through(
    residents: booking_acts.Residents, monkeypatch: pytest.MonkeyPatch
) -> None:
    connection.check_constraints()  # PostgreSQL alters no table of which it still has to check rows
    overlap_triggers.uninstall(connection)
    monkeypatch.setattr(Booking, "require_free", lambda parts, span: None)  # as for two who ask at one moment
    residents.chance = random.Random(1)
    for _ in range(200):
        residents.act()
    assert {"B1", "B7"} <= kinds()


def test_a_fault_counts_as_seen_only_by_its_own_sign() -> None:
    fault = next(each for each in BOOKINGS if each.name == "overlap-rule-dropped")
    found = [MutantResult(fault, Counter(signs)) for signs in (["B7"], ["B1", "B7"])]
    assert [result.is_as_expected for result in found] == [False, True]
    assert MutantResult(Mutant("", "", fault.proof), Counter()).is_as_expected
