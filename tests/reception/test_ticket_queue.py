"""Numbers at a counter: one after another, called once, passed over twice, and a wait that may be unknown."""

from dataclasses import replace
from datetime import time, timedelta
from typing import Any

import pytest
from django.utils import timezone

from tests import cast
from tests.cast import bookings
from todoke.accounts.actors import Guest
from todoke.accounts.models import User
from todoke.audit.models import Entry
from todoke.japanese.calendar import today
from todoke.reception.models import QueueDetails, QueueTicket, TicketQueue
from todoke.reception.waiting_time import WaitingRange, waiting_minutes, waiting_range
from todoke.runtime.refusals import Closed, Conflict, NotAllowed, Refused

pytestmark = pytest.mark.django_db


def queue(**more: object) -> TicketQueue:
    hours = {"opens": time(0), "closes": time(23, 59, 59), "windows": 2, "most_a_day": 3}
    return TicketQueue.objects.create(code="counter", name="総合窓口", department=bookings.halls(), **{**hours, **more})


def tickets(of: TicketQueue, count: int) -> list[QueueTicket]:
    return [of.issue(channel="online", by=Guest()) for _ in range(count)]


def test_numbers_follow_one_another_until_the_day_is_full() -> None:
    counter = queue()
    assert [each.number for each in tickets(counter, 3)] == [1, 2, 3]
    with pytest.raises(Closed):
        tickets(counter, 1)


def test_nobody_takes_a_number_outside_the_hours() -> None:
    shut = queue(opens=time(0), closes=time(0, 0, 0, 1))
    with pytest.raises(Closed):
        tickets(shut, 1)


def test_the_next_is_called_once_and_whoever_was_there_is_done() -> None:
    counter, clerk = queue(), bookings.manager()
    first, second, _ = tickets(counter, 3)
    assert counter.call_next(1, by=clerk) == first
    assert counter.call_next(2, by=clerk) == second
    assert not first.call(1, by=clerk)
    counter.call_next(1, by=clerk)
    first.refresh_from_db()
    assert first.status == "served"
    with pytest.raises(Closed):
        counter.call_next(2, by=clerk)


def test_whoever_does_not_come_waits_behind_the_others_and_is_gone_after_the_third_call() -> None:
    counter, clerk = queue(), bookings.manager()
    first, second = tickets(counter, 2)
    called = counter.call_next(1, by=clerk)
    called.skip(by=clerk)
    assert (called.status, called.ahead) == ("waiting", 1)
    assert counter.call_next(1, by=clerk) == second
    for _ in range(2):
        first = counter.call_next(1, by=clerk)
        first.skip(by=clerk)
    assert first.status == "gone"
    with pytest.raises(Conflict):
        first.leave(by=Guest())


def test_a_person_gives_the_number_back() -> None:
    first, second = tickets(queue(), 2)
    first.leave(by=Guest())
    assert (first.status, second.ahead) == ("gone", 0)


def test_another_section_calls_nobody() -> None:
    counter = queue()
    tickets(counter, 1)
    with pytest.raises(NotAllowed):
        counter.call_next(1, by=cast.clerk())


def served(counter: TicketQueue, by: User, minutes: int) -> None:
    now = timezone.now()
    QueueTicket.objects.create(
        queue=counter, day=today(), number=100 + minutes, token=f"t{minutes}", channel="counter", status="served",
        called_at=now - timedelta(minutes=minutes), finished_at=now, window=1,
    )  # fmt: skip


def test_the_wait_is_unknown_before_three_people_and_then_the_middle_of_them() -> None:
    counter, clerk = queue(), bookings.manager()
    served(counter, clerk, 4)
    assert waiting_minutes(counter, 5) is None
    served(counter, clerk, 10)
    served(counter, clerk, 60)
    assert waiting_minutes(counter, 4) == WaitingRange(10, 30)


@pytest.mark.parametrize(("ahead", "least", "most"), [(0, 0, 0), (1, 0, 10), (6, 20, 40)])
def test_a_wait_is_a_range_in_fives(ahead: int, least: int, most: int) -> None:
    assert waiting_range(ahead, 5, 1) == WaitingRange(least, most)


def test_a_section_opens_a_queue_at_its_counter_and_changes_it() -> None:
    clerk, hours = bookings.manager(), QueueDetails("総合窓口", 2, 300, time(9), time(17))
    made = TicketQueue.open(bookings.halls(), hours, by=clerk)
    made.change(replace(hours, windows=4), by=clerk)
    assert TicketQueue.objects.get().windows == 4
    acts = Entry.objects.filter(subject=f"reception.ticketqueue/{made.pk}").values_list("act", flat=True)
    assert list(acts) == ["番号札の列の開設", "番号札の列の変更"]


def test_a_queue_of_another_section_or_without_hours_is_not_opened() -> None:
    clerk, hours = bookings.manager(), QueueDetails("総合窓口", 2, 300, time(9), time(17))
    with pytest.raises(NotAllowed):
        TicketQueue.open(bookings.halls(), hours, by=cast.clerk())
    faults: list[dict[str, Any]] = [{"closes": time(9)}, {"windows": 0}, {"name": " "}]
    for wrong in faults:
        with pytest.raises(Refused):
            TicketQueue.open(bookings.halls(), replace(hours, **wrong), by=clerk)
