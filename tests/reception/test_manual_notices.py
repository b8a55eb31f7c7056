"""Whom no mail reaches is called or written to: one list of what to say, who did it, when, and by which way."""

from datetime import timedelta

import pytest
from django.utils import timezone

from tests import cast
from tests.cast import bookings, reception
from todoke.accounts.actors import Guest
from todoke.accounts.models import User
from todoke.audit.models import Entry
from todoke.bookings.models import BookableUnit, Booking, Registrant, WaitlistEntry
from todoke.bookings.tasks import release_overdue
from todoke.notices.models import Message
from todoke.reception import facility_requests, hall_closures, manual_notices
from todoke.reception.cancellations import call_off
from todoke.reception.models import Closure, FacilityUse, ManualNotice
from todoke.runtime.refusals import Conflict, NotAllowed, Refused

pytestmark = pytest.mark.django_db


def silent_club(unit: BookableUnit, clerk: User, name: str = "夕焼けダンス") -> Registrant:
    made = bookings.club(cast.present(unit.resource.group), clerk, name=name)
    Registrant.objects.filter(pk=made.pk).update(email="", phone="03-1111-2222")
    made.refresh_from_db()
    return made


def booked() -> tuple[FacilityUse, User]:
    unit, _, clerk = reception.paid_hall()
    return facility_requests.request(reception.wish(unit, silent_club(unit, clerk)), by=Guest()), clerk


def closed() -> tuple[Closure, User]:
    use, clerk = booked()
    unit = cast.present(use.booking.unit)
    WaitlistEntry.join(unit, use.booking.span, silent_club(unit, clerk, name="朝の会"), by=clerk)
    span = bookings.frame(20)
    return hall_closures.declare(unit.resource, span, reason="停電のため", seen=1, by=clerk), clerk


def test_a_closure_lists_whoever_had_booked_or_waited_without_a_mail_address_with_the_words_to_say() -> None:
    closure, _ = closed()
    found = hall_closures.notices_to_give(closure)
    assert [(each.name, each.phone, each.told_at) for each in found] == [
        ("夕焼けダンス", "03-1111-2222", None), ("朝の会", "03-1111-2222", None),
    ]  # fmt: skip
    assert all("停電のため" in each.body and "様" in each.body for each in found)
    assert not any(word in each.body for each in found for word in ("http", "メール", "次のページ"))
    assert not Message.objects.exists()


def test_each_is_done_once_by_a_person_who_is_named_and_the_closure_knows_it() -> None:
    closure, clerk = closed()
    first, second = hall_closures.notices_to_give(closure)
    manual_notices.settle(first, "phone", by=clerk)
    manual_notices.settle(second, "letter", by=clerk)
    done = [(each.way, each.told_by) for each in hall_closures.notices_to_give(closure)]
    assert done == [("phone", clerk), ("letter", clerk)]
    assert Entry.objects.get(subject=f"reception.manualnotice/{first.pk}").act == "電話・手紙の知らせ"
    assert closure.effects.get().told_at is not None
    with pytest.raises(Conflict):
        manual_notices.settle(ManualNotice.objects.get(pk=first.pk), "letter", by=clerk)


def test_another_section_and_no_way_are_refused() -> None:
    closure, clerk = closed()
    notice, stranger = hall_closures.notices_to_give(closure)[0], cast.clerk()
    with pytest.raises(NotAllowed):
        manual_notices.settle(notice, "phone", by=stranger)
    with pytest.raises(Refused):
        manual_notices.settle(notice, "", by=clerk)
    assert list(ManualNotice.objects.visible_to(stranger)) == []


def test_what_is_called_off_or_runs_out_is_listed_and_what_is_said_on_the_spot_is_not() -> None:
    use, clerk = booked()
    assert not ManualNotice.objects.exists(), "who books hears it at once"
    call_off(use.booking, reason="雨もりのため", by=clerk)
    assert "雨もりのため" in ManualNotice.objects.get().body
    unit = cast.present(use.booking.unit)
    late = facility_requests.request(reception.wish(unit, silent_club(unit, clerk, "三番"), number=1), by=Guest())
    past = timezone.now() - timedelta(seconds=1)
    Booking.objects.filter(pk=late.booking.pk).update(held_until=past)
    late.booking.allocations.update(opens_at=past)
    release_overdue.func()
    assert [each.name for each in ManualNotice.objects.order_by("pk")] == ["夕焼けダンス", "三番"]


def test_name_number_and_words_leave_after_ninety_days_and_who_told_stays() -> None:
    closure, clerk = closed()
    told, waiting = hall_closures.notices_to_give(closure)
    manual_notices.settle(told, "phone", by=clerk)
    assert manual_notices.erase(timezone.now() + timedelta(days=89)) == 0
    assert manual_notices.erase(timezone.now() + timedelta(days=91)) == 1
    told.refresh_from_db()
    assert (told.name, told.phone, told.body, told.told_by) == ("", "", "", clerk)
    waiting.refresh_from_db()
    assert waiting.name == "朝の会"
    assert manual_notices.erase(timezone.now() + timedelta(days=397)) == 1, "nor does a name stay that nobody called"
