"""From the announcement to the winners' bookings: no drawn time is taken before, none is lost after."""

from datetime import timedelta

import pytest
from django.utils import timezone

from tests import cast
from tests.cast import bookings, reception
from todoke.accounts.actors import System
from todoke.accounts.models import User
from todoke.audit.models import Entry
from todoke.bookings.models import BookableUnit, Booking, Lottery, Registrant, Taken, WaitlistEntry
from todoke.notices.models import Message
from todoke.reception.lottery_awards import announce, award, enter
from todoke.reception.models import FacilityUse
from todoke.runtime.refusals import Closed

pytestmark = pytest.mark.django_db


def announced(unit: BookableUnit, clerk: User, limit: int = 1) -> Lottery:
    now = timezone.now()
    items = [(unit, bookings.frame(40, number)) for number in range(2)]
    return announce(
        cast.present(unit.resource.group), "1月分", items, source="12月1日の終値", closes_at=now + timedelta(hours=1),
        draws_at=now + timedelta(hours=2), limit=limit, by=clerk,
    )  # fmt: skip


def drawn(lottery: Lottery, clerk: User) -> Lottery:
    past = timezone.now() - timedelta(hours=1)
    Lottery.objects.update(closes_at=past, draws_at=past + timedelta(minutes=1))
    lottery.refresh_from_db()
    lottery.close(by=System())
    lottery.draw("38,915.87", by=clerk)
    return lottery


def test_winners_are_booked_losers_wait_and_everybody_is_told_once() -> None:
    unit, first, clerk = reception.paid_hall()
    group, lottery = cast.present(unit.resource.group), announced(unit, clerk)
    with pytest.raises(Taken):
        bookings.hold(unit, bookings.frame(40), clerk)
    clubs = [first, *(bookings.club(group, clerk, name=f"第{n}クラブ") for n in range(2))]
    wanted = lottery.items.get(starts_at=bookings.frame(40).start)
    for each in clubs:
        lottery.enter(each, [wanted], weight=1, by=clerk)
    drawn(lottery, clerk)
    assert (award(lottery), award(lottery)) == (3, 0)
    use = FacilityUse.objects.get()
    assert (use.booking.starts_at, use.booking.status) == (wanted.starts_at, "held")
    assert WaitlistEntry.objects.filter(status="waiting").count() == 2
    assert Message.objects.filter(code="lottery-result").count() == 3
    rest = Booking.objects.get(unit=unit, starts_at=bookings.frame(40, 1).start)
    opening = cast.present(rest.allocations.values_list("opens_at", flat=True)[0])
    assert rest.status == "cancelled"
    assert opening > timezone.now()


def test_a_win_that_can_not_be_booked_holds_nobody_up() -> None:
    unit, first, clerk = reception.paid_hall()
    lottery, second = announced(unit, clerk), bookings.club(cast.present(unit.resource.group), clerk, name="第2クラブ")
    for who, item in zip((first, second), lottery.items.all(), strict=True):
        lottery.enter(who, [item], weight=1, by=clerk)
    Registrant.objects.filter(pk=first.pk).update(valid_until=bookings.day_ahead(1))
    assert award(drawn(lottery, clerk)) == 2
    assert FacilityUse.objects.get().booking.registrant == second
    assert Entry.objects.get(act="当選の失効").reason.startswith("利用登録の有効期限")
    assert Booking.objects.filter(public_label__contains=lottery.number, status="cancelled").count() == 1


def test_whoever_lost_the_same_time_twice_waits_for_it_once() -> None:
    unit, first, clerk = reception.paid_hall()
    lottery, second = announced(unit, clerk), bookings.club(cast.present(unit.resource.group), clerk, name="第2クラブ")
    for who in (first, first, second, second):
        lottery.enter(who, list(lottery.items.all())[:1], weight=1, by=clerk)
    assert award(drawn(lottery, clerk)) == 4
    assert WaitlistEntry.objects.filter(status="waiting").count() == 1
    assert FacilityUse.objects.count() == 1


def test_a_registration_that_ends_before_the_time_enters_no_draw_for_it() -> None:
    unit, first, clerk = reception.paid_hall()
    lottery = announced(unit, clerk)
    Registrant.objects.filter(pk=first.pk).update(valid_until=bookings.day_ahead(30))
    first.refresh_from_db()
    with pytest.raises(Closed, match="有効期限"):
        enter(lottery, first, list(lottery.items.all())[:1], by=clerk)
