"""Officer, interpreter and room together or nothing; every way in is the same verb."""

from datetime import timedelta

import pytest
from django.utils import timezone

from tests import cast
from tests.cast import reception
from tests.cast.races import together
from todoke.accounts.actors import Guest
from todoke.bookings.models import Allocation, Booking, Taken
from todoke.notices.models import Message
from todoke.reception.models import BookingReminder, Visit
from todoke.reception.video_rooms import room_address
from todoke.reception.visits import visit_requests
from todoke.reception.visits.visit_reminders import remind
from todoke.reception.visits.visit_slots import first_day, free_slots
from todoke.runtime.refusals import Closed, Conflict, Refused

pytestmark = pytest.mark.django_db


def test_a_visit_takes_officer_desk_and_interpreter_together_or_nothing() -> None:
    purpose = reception.office()
    made = visit_requests.request(reception.visit(purpose, language="手話"), by=Guest())
    kinds = made.booking.allocations.values_list("part__resource__kind", flat=True)
    assert sorted(kinds) == ["desk", "interpreter", "person"]
    with pytest.raises(Taken, match="次の空きは"):
        visit_requests.request(reception.visit(purpose, language="手話"), by=Guest())
    assert Allocation.objects.count() == 3, "no half of the second visit is left"
    assert visit_requests.request(reception.visit(purpose), by=Guest()).booking.status == "confirmed"
    with pytest.raises(Taken):
        visit_requests.request(reception.visit(purpose), by=Guest())


def test_a_telephone_call_needs_no_desk() -> None:
    purpose = reception.office(officers=3, desks=1)
    visit_requests.request(reception.visit(purpose), by=Guest())
    called = visit_requests.request(reception.visit(purpose, mode="phone"), by=Guest())
    assert called.booking.allocations.count() == 1
    assert len(free_slots(purpose, [reception.office_day()], mode="desk")) == 5
    assert len(free_slots(purpose, [reception.office_day()], mode="phone")) == 6


def test_a_guest_holds_a_time_until_the_mail_is_answered() -> None:
    purpose = reception.office()
    wanted = reception.visit(purpose, channel="online", email="guest@example.jp")
    made = visit_requests.request(wanted, by=Guest())
    assert made.booking.status == "held"
    visit_requests.confirm(made, by=Guest())
    assert list(Message.objects.order_by("pk").values_list("code", flat=True)) == ["visit-held", "visit-confirmed"]
    late = visit_requests.request(reception.visit(purpose, reception.span(1), channel="online"), by=Guest())
    Booking.objects.filter(pk=late.booking_id).update(held_until=timezone.now())
    with pytest.raises(Closed):
        visit_requests.confirm(Visit.objects.get(pk=late.pk), by=Guest())


def test_three_unanswered_holds_are_enough() -> None:
    purpose = reception.office()
    for number in range(3):
        visit_requests.request(reception.visit(purpose, reception.span(number), channel="online"), by=Guest())
    with pytest.raises(Conflict):
        visit_requests.request(reception.visit(purpose, reception.span(3), channel="online"), by=Guest())


def test_what_the_office_does_not_offer_is_refused() -> None:
    purpose = reception.office()
    odd = reception.span()
    shifted = type(odd)(odd.start + timedelta(minutes=10), odd.end + timedelta(minutes=10))
    for wanted in (
        reception.visit(purpose, shifted),
        reception.visit(purpose, mode="home"),
        reception.visit(purpose, name=" "),
    ):
        with pytest.raises(Refused):
            visit_requests.request(wanted, by=Guest())
    assert first_day(purpose) > timezone.localdate()


def test_moving_takes_all_anew_and_keeps_the_old_time_when_that_fails() -> None:
    purpose = reception.office(officers=1, desks=1)
    mine = visit_requests.request(reception.visit(purpose), by=Guest())
    visit_requests.request(reception.visit(purpose, reception.span(1)), by=Guest())
    with pytest.raises(Taken):
        visit_requests.move(mine, reception.span(1), by=Guest())
    visit_requests.move(mine, reception.span(2), by=Guest())
    mine.booking.refresh_from_db()
    assert (mine.booking.starts_at, mine.booking.moves) == (reception.span(2).start, 1)
    assert mine.booking.allocations.filter(released_at=None).count() == 2


@pytest.mark.parametrize("officers", [1, 2])
def test_a_form_sent_twice_is_one_visit_also_with_the_last_officer(officers: int) -> None:
    purpose = reception.office(officers=officers, desks=officers)
    first, again = (visit_requests.request(reception.visit(purpose, form_key="one"), by=Guest()) for _ in range(2))
    assert first.pk == again.pk
    assert Visit.objects.count() == 1


def test_each_reminder_is_written_once() -> None:
    purpose = reception.office()
    made = visit_requests.request(reception.visit(purpose), by=Guest())
    Booking.objects.update(booked_at=timezone.now() - timedelta(days=1))
    start = made.booking.starts_at
    assert remind(timezone.now()) == 0
    assert (remind(start - timedelta(minutes=30)), remind(start - timedelta(minutes=20))) == (2, 0)
    assert BookingReminder.objects.count() == 2
    assert Message.objects.filter(code="visit-reminder").count() == 2


def test_the_room_of_a_video_visit_shows_only_shortly_before() -> None:
    purpose = reception.office()
    made = visit_requests.request(reception.visit(purpose, mode="video"), by=Guest())
    start = made.booking.starts_at
    assert room_address(made, start - timedelta(minutes=16)) == ""
    assert room_address(made, start - timedelta(minutes=15)).startswith("https://")
    assert "meet." not in Message.objects.get(code="visit-confirmed").body


@pytest.mark.postgresql
@pytest.mark.django_db(transaction=True)
def test_officer_room_and_interpreter_are_never_half_booked_in_a_race() -> None:
    purpose = reception.office(officers=6, desks=4, interpreters=2)

    def ask(number: int) -> None:
        language, mode = "手話" if number % 2 else "", ("desk", "video", "phone")[number % 3]
        wanted = reception.visit(purpose, language=language, mode=mode, email=f"v{number}@example.jp")
        visit_requests.request(wanted, by=Guest())

    done = [each for _ in range(2) for each in together(*[lambda n=n: ask(n) for n in range(20)])]
    assert sum(done) == Visit.objects.count() <= 6
    for made in Visit.objects.select_related("booking"):
        kinds = made.booking.allocations.filter(released_at=None).values_list("part__resource__kind", flat=True)
        room = {"desk": ["desk"], "video": ["video"], "phone": []}[made.mode]
        assert sorted(kinds) == sorted(["person", *room, *(["interpreter"] if made.language else [])])
    assert Allocation.objects.filter(booking__visit=None).count() == 0
    assert cast.present(Visit.objects.first())


@pytest.mark.postgresql
@pytest.mark.django_db(transaction=True)
def test_of_two_hundred_who_want_twenty_times_the_rest_are_told_the_next_free_one() -> None:
    purpose = reception.office(officers=5, desks=5)
    said: list[str] = []

    def ask(number: int) -> None:
        wanted = reception.visit(purpose, reception.span(number % 4), email=f"v{number}@example.jp")
        try:
            visit_requests.request(wanted, by=Guest())
        except Taken as refusal:
            said.append(str(refusal))
            raise

    done = [
        each for start in range(0, 200, 50)
        for each in together(*[lambda n=n: ask(n) for n in range(start, start + 50)])
    ]  # fmt: skip
    assert (sum(done), Visit.objects.count(), len(said)) == (20, 20, 180)
    assert all("次の空きは" in each for each in said)
    assert Allocation.objects.count() == 40
