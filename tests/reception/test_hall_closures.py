"""A closure: whom it hits is shown before, each gets the whole fee back and the reason, and nobody is forgotten."""

from datetime import timedelta

import pytest
from django.utils import timezone

from tests import cast
from tests.cast import bookings, reception
from todoke.accounts.actors import Guest
from todoke.bookings.models import Booking, Registrant, Taken, WaitlistEntry
from todoke.bookings.slots import Span
from todoke.notices.models import Message
from todoke.payments import collection
from todoke.reception import facility_requests, hall_closures, manual_notices, waiting_offers
from todoke.reception.lottery_awards import announce
from todoke.runtime.refusals import Closed, Conflict, NotAllowed, Refused

pytestmark = pytest.mark.django_db


def whole_day(days: int = 20) -> Span:
    return Span(bookings.frame(days).start, bookings.frame(days, 2).end)


def test_a_closure_ends_each_booking_with_its_whole_fee_tells_the_reason_and_holds_the_time() -> None:
    unit, who, clerk = reception.paid_hall()
    paid = facility_requests.request(reception.wish(unit, who), by=Guest())
    collection.pay_at_counter(cast.present(paid.charge), reference="till", by=Guest())
    silent = bookings.club(cast.present(unit.resource.group), clerk, name="夕焼けダンス")
    type(silent).objects.filter(pk=silent.pk).update(email="")
    silent.refresh_from_db()
    facility_requests.request(reception.wish(unit, silent, number=1), by=Guest())
    closure = hall_closures.declare(unit.resource, whole_day(), reason="停電のため", seen=2, by=clerk)
    effects = [(each.refunded_yen, each.told_at is None) for each in closure.effects.all()]
    assert effects == [(2000, False), (0, True)]
    assert "停電のため" in Message.objects.get(code="booking-called-off").body
    with pytest.raises(Taken):
        bookings.hold(unit, bookings.frame(20), clerk)
    manual_notices.settle(hall_closures.notices_to_give(closure)[0], "phone", by=clerk)
    assert not closure.effects.filter(told_at=None).exists()


def test_whoever_books_while_the_list_is_read_is_not_ended_unseen() -> None:
    unit, who, clerk = reception.paid_hall()
    facility_requests.request(reception.wish(unit, who), by=Guest())
    with pytest.raises(Conflict):
        hall_closures.declare(unit.resource, whole_day(), reason="停電", seen=0, by=clerk)
    assert Booking.objects.live().count() == 1


def test_a_time_that_is_drawn_or_over_or_of_another_section_is_not_closed() -> None:
    unit, _, clerk = reception.paid_hall()
    now = timezone.now()
    announce(
        cast.present(unit.resource.group), "来月分", [(unit, bookings.frame(40))], source="終値",
        closes_at=now + timedelta(hours=1), draws_at=now + timedelta(hours=2), limit=1, by=clerk,
    )  # fmt: skip
    with pytest.raises(Refused):
        hall_closures.declare(unit.resource, whole_day(40), reason="停電", seen=1, by=clerk)
    with pytest.raises(NotAllowed):
        hall_closures.declare(unit.resource, whole_day(), reason="停電", seen=0, by=cast.clerk())
    with pytest.raises(Refused):
        hall_closures.declare(unit.resource, whole_day(), reason=" ", seen=0, by=clerk)


def test_a_returned_time_that_waits_for_its_noon_is_closed_too() -> None:
    unit, who, clerk = reception.paid_hall()
    use = facility_requests.request(reception.wish(unit, who), by=Guest())
    facility_requests.cancel(use, by=Guest())
    closure = hall_closures.declare(unit.resource, whole_day(), reason="停電", seen=0, by=clerk)
    assert closure.booking.status == "confirmed"


def test_a_closure_ends_waits_and_offers_and_tells_why() -> None:
    unit, first, clerk = reception.paid_hall()
    group = cast.present(unit.resource.group)
    offered, waiting = (bookings.club(group, clerk, name=f"第{n}クラブ") for n in range(2))
    Registrant.objects.filter(pk=waiting.pk).update(email="")
    use = facility_requests.request(reception.wish(unit, first), by=Guest())
    entries = [WaitlistEntry.join(unit, use.booking.span, each, by=clerk) for each in (offered, waiting)]
    elsewhere = WaitlistEntry.join(unit, bookings.frame(25), offered, by=clerk)
    facility_requests.cancel(use, by=Guest())
    assert WaitlistEntry.objects.get(pk=entries[0].pk).status == "offered"
    closure = hall_closures.declare(unit.resource, whole_day(), reason="停電", seen=0, by=clerk)
    assert hall_closures.ended_waits(closure) == entries
    assert Message.objects.filter(code="waiting-called-off").count() == 1
    assert "停電" in Message.objects.get(code="waiting-called-off").body
    elsewhere.refresh_from_db()
    assert elsewhere.status == "waiting"
    with pytest.raises(Closed):
        waiting_offers.take(WaitlistEntry.objects.get(pk=entries[0].pk), by=Guest())
