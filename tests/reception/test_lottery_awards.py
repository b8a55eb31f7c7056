"""From the announcement to the winners' bookings: no drawn time is taken before, none is lost after."""

from datetime import timedelta

import pytest
from django.utils import timezone

from tests import cast
from tests.cast import bookings, reception
from todoke.accounts.actors import System
from todoke.bookings.models import Booking, Lottery, Taken, WaitlistEntry
from todoke.notices.models import Message
from todoke.reception.lottery_awards import announce, award
from todoke.reception.models import FacilityUse

pytestmark = pytest.mark.django_db


def test_winners_are_booked_losers_wait_and_everybody_is_told_once() -> None:
    unit, first, clerk = reception.paid_hall()
    group, now = cast.present(unit.resource.group), timezone.now()
    items = [(unit, bookings.frame(40, number)) for number in range(2)]
    lottery = announce(
        group, "1月分", items, source="12月1日の終値", closes_at=now + timedelta(hours=1),
        draws_at=now + timedelta(hours=2), limit=1, by=clerk,
    )  # fmt: skip
    with pytest.raises(Taken):
        bookings.hold(unit, bookings.frame(40), clerk)
    clubs = [first, *(bookings.club(group, clerk, name=f"第{n}クラブ") for n in range(2))]
    wanted = lottery.items.get(starts_at=bookings.frame(40).start)
    for each in clubs:
        lottery.enter(each, [wanted], weight=1, by=clerk)
    past = now - timedelta(hours=1)
    Lottery.objects.update(closes_at=past, draws_at=past + timedelta(minutes=1))
    lottery.refresh_from_db()
    lottery.close(by=System())
    lottery.draw("38,915.87", by=clerk)
    assert (award(lottery), award(lottery)) == (3, 0)
    use = FacilityUse.objects.get()
    assert (use.booking.starts_at, use.booking.status) == (wanted.starts_at, "held")
    assert WaitlistEntry.objects.filter(status="waiting").count() == 2
    assert Message.objects.filter(code="lottery-result").count() == 3
    rest = Booking.objects.get(unit=unit, starts_at=bookings.frame(40, 1).start)
    opening = cast.present(rest.allocations.values_list("opens_at", flat=True)[0])
    assert rest.status == "cancelled"
    assert opening > timezone.now()
