"""Booking faults 予約に植える欠陥: what a wrong program would do; the check must see each."""

from collections.abc import Callable
from typing import Any

from django.db import connection

from todoke.bookings import closed_list_triggers, overlap_triggers
from todoke.bookings.models import Allocation, LotteryEntry
from todoke.bookings.models import booking as module
from todoke.bookings.models.booking import Booking, Taken
from todoke.reception import receivers

verbs: Any = Booking
place: Any = module
told: Any = receivers


def triggers_dropped() -> None:
    """The rule of the database is gone."""
    overlap_triggers.uninstall(connection)


def hold_not_expired() -> None:
    """Nobody expires a hold."""
    verbs.lapse = lambda self, now: None
    place._release_lapsed = lambda parts, span: None  # noqa: SLF001 - a fault replaces it


def list_altered() -> None:
    """Somebody gives an entry more weight after closing."""
    closed_list_triggers.uninstall(connection)
    LotteryEntry.objects.filter(pk=LotteryEntry.objects.all()[0].pk).update(weight=9)
    closed_list_triggers.install(connection)


def check_then_insert() -> None:
    """Look whether the time is free, then take it, without the rule of the database and without a lock."""
    overlap_triggers.uninstall(connection)

    def allocate(self: Any, parts: Any, span: Any, *, first: bool = False) -> None:
        standing = Allocation.objects.filter(part__in=parts, released_at=None).meeting(span)
        if standing.exists():
            raise Taken("先約があります。")
        if first:
            self.save(force_insert=True)
        Allocation.objects.bulk_create(self._allocation(part, span) for part in parts)

    verbs._allocate = allocate  # noqa: SLF001 - a fault replaces it


def told_twice() -> None:
    """The confirmation is mailed twice."""
    once = told.tell
    told.tell = lambda *args, **more: (once(*args, **more), once(*args, **more))[0]


FAULTS: dict[str, tuple[str, Callable[[], None]]] = {
    "booking-triggers-dropped": ("重なりを拒む仕掛けを外す", triggers_dropped),
    "booking-hold-not-expired": ("仮予約を期限切れにしない", hold_not_expired),
    "booking-list-altered": ("締切のあとに一覧を変える", list_altered),
    "booking-check-then-insert": ("空きを見てから書く", check_then_insert),
    "booking-told-twice": ("確定を二度知らせる", told_twice),
}


def plant(name: str) -> None:
    """Plant a fault by its name; nothing for none."""
    if name:
        FAULTS[name][1]()
