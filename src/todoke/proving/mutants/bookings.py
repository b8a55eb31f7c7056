"""Mutants of bookings 予約に植える欠陥: what a wrong program would do with times, fees, messages and draws."""

import time
from collections.abc import Callable
from typing import Any

from django.db import connection, transaction

from todoke.bookings import closed_list_triggers, overlap_triggers
from todoke.bookings.models import Allocation, Lottery, LotteryEntry
from todoke.bookings.models import booking as module
from todoke.bookings.models.booking import Booking, Taken
from todoke.proving.booking_proof import booking_acts
from todoke.reception import facility_requests, receivers

verbs: Any = Booking
draws: Any = Lottery
place: Any = module
told: Any = receivers
requests: Any = facility_requests
acting: Any = booking_acts
SLOW = 0.3
"""Seconds between two steps that a right program does in one."""


def _before_the_first(act: Callable[..., Any], first: Callable[[], None]) -> Callable[..., Any]:
    done: list[bool] = []

    def prepared(*args: Any, **kwargs: Any) -> Any:
        if not done:
            first()
            done.append(True)
        return act(*args, **kwargs)

    return prepared


def overlap_rule_dropped() -> None:
    """Drop the rule of the database that refuses overlaps."""
    acting.Residents = _before_the_first(acting.Residents, lambda: overlap_triggers.uninstall(connection))


def look_then_insert() -> None:
    """Look whether the time is free, then take it, without the rule of the database and without a lock."""
    overlap_rule_dropped()

    def allocate(self: Any, parts: Any, span: Any, *, first: bool = False) -> None:
        if Allocation.objects.filter(part__in=parts, released_at=None).meeting(span).exists():
            raise Taken("先約があります。")
        time.sleep(SLOW)
        if first:
            self.save(force_insert=True)
        Allocation.objects.bulk_create(self._allocation(part, span) for part in parts)

    verbs._allocate = allocate


def hold_not_expired() -> None:
    """Expire no hold."""
    verbs.lapse = lambda self, now: None


def closed_list_altered() -> None:
    """Give an entry more weight after closing."""
    close = draws.close

    def altered(self: Any, **kwargs: Any) -> None:
        close(self, **kwargs)
        closed_list_triggers.uninstall(connection)
        chosen = LotteryEntry.objects.filter(lottery=self).order_by("pk")[:1].values("pk")
        LotteryEntry.objects.filter(pk__in=list(chosen.values_list("pk", flat=True))).update(weight=9)
        closed_list_triggers.install(connection)

    draws.close = altered


def booking_told_twice() -> None:
    """Mail the confirmation twice."""
    once = told.tell
    told.tell = lambda *args, **more: (once(*args, **more), once(*args, **more))[0]


def fee_after_commit() -> None:
    """Take the time in one transaction and assess its fee in the next."""
    charge = requests._charge

    def later(*args: Any) -> Any:
        time.sleep(SLOW)
        return charge(*args)

    requests._charge = later
    requests._book = requests._book.__wrapped__


def confirmed_outside() -> None:
    """Confirm the use after the payment was committed, as a job that may be lost."""
    confirm = verbs.confirm

    def later(self: Any, **kwargs: Any) -> None:
        def late() -> None:
            time.sleep(SLOW)
            confirm(self, **kwargs)

        transaction.on_commit(late)

    verbs.confirm = later
