"""Booking check 予約の突合: what must hold of bookings, charges, messages and closed lists, whatever was killed."""

from collections import defaultdict
from collections.abc import Iterator
from itertools import pairwise

from django.db import connection
from django.db.models import Count
from django.utils import timezone

from todoke.bookings import closed_list_triggers, overlap_triggers
from todoke.bookings.models import Allocation, Booking, Lottery
from todoke.bookings.tasks import release_overdue
from todoke.notices.models import Message
from todoke.payments.models import Charge
from todoke.reception.models import FacilityUse

ONCE = ("facility-confirmed", "facility-expired", "booking-cancelled", "facility-late-payment", "facility-held")


def check() -> Iterator[str]:
    """Yield every breach, each with the sign of its kind."""
    release_overdue.call()
    yield from _overlaps()
    yield from _money()
    yield from _messages()
    yield from _holds()
    yield from _lists()


def _overlaps() -> Iterator[str]:
    by_part = defaultdict(list)
    for part, start, end, number in Allocation.objects.filter(released_at=None).values_list(
        "part", "starts_at", "ends_at", "booking__number"
    ):
        by_part[part].append((start, end, number))
    for rows in by_part.values():
        rows.sort()
        for (_, end, one), (start, _, other) in pairwise(rows):
            if start < end:
                yield f"B1 重なり: {one} と {other}"
    if not overlap_triggers.are_installed(connection):
        yield "B1 重なりを拒む仕掛けがありません"


def _money() -> Iterator[str]:
    rows = FacilityUse.objects.select_related("booking", "charge__receipt")
    for use in rows:
        charge, booking = use.charge, use.booking
        taken = booking.status in {"confirmed", "used", "absent"}
        if taken and (charge is None or not charge.is_settled or not use.permit_number):
            yield f"B2 使用料のない確定: {booking.number}"
        if not taken and use.permit_number and booking.status not in {"cancelled", "called_off"}:
            yield f"B2 承認書だけがある: {booking.number}"
        if charge is None or taken:
            continue
        if booking.status != "held" and charge.status == Charge.Status.UNPAID and charge.live_attempt() is None:
            yield f"B3 予約のない未納の調定: {charge.number}"
        if booking.status != "held" and charge.status == Charge.Status.PAID and use.refund_percent is None:
            yield f"B3 予約のない納付: {charge.number}"
    standing = Booking.objects.live().annotate(parts=Count("allocations"))
    for booking in standing.filter(parts=0):
        yield f"B3 割当のない予約: {booking.number}"


def _messages() -> Iterator[str]:
    rows = Message.objects.filter(code__in=ONCE).values("code", "about").annotate(times=Count("pk"))
    for row in rows.filter(times__gt=1):
        yield f"B4 同じ知らせが{row['times']}通: {row['code']} {row['about']}"


def _holds() -> Iterator[str]:
    now = timezone.now()
    for booking in Booking.objects.overdue(now):
        yield f"B5 期限を過ぎた仮予約: {booking.number}"
    ended = Booking.objects.filter(status__in=["expired", "called_off"], allocations__released_at=None)
    for booking in ended.distinct():
        yield f"B5 終わった予約の割当: {booking.number}"


def _lists() -> Iterator[str]:
    for lottery in Lottery.objects.exclude(digest=""):
        if lottery.closed_list().digest != lottery.digest:
            yield f"B6 締切のあとに変わった一覧: {lottery.number}"
    if not closed_list_triggers.are_installed(connection):
        yield "B6 締め切った一覧を守る仕掛けがありません"
