"""Booking check 予約の突合: what must hold of times, charges, messages and draws, whatever was killed.

B1 overlap, B2 confirmed use without its charge, B3 charge or payment without its booking, B4 message twice or never,
B5 hold that is over, B6 draw that is not as published, B7 missing rule of the database, B8 half a booking, B9 answer
that is not in the database, B0 error of the program.
"""

import json
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from itertools import pairwise

from django.db import connection
from django.db.models import Count, Q
from django.utils import timezone

from todoke.bookings import closed_list_triggers, overlap_triggers
from todoke.bookings.lottery.published_file import faults
from todoke.bookings.models import Allocation, Booking, Lottery, LotteryEntry
from todoke.bookings.tasks import release_overdue
from todoke.notices.models import Message
from todoke.payments import checkout
from todoke.payments.models import Attempt, Charge, LedgerLine, Overpayment, Receipt
from todoke.reception.ended_charges import end_left_charges
from todoke.reception.models import FacilityUse, Visit

ONCE = (
    "facility-confirmed", "facility-expired", "booking-cancelled", "booking-called-off", "facility-late-payment",
    "facility-held", "lottery-result", "waiting-offer", "visit-held",
)  # fmt: skip
TAKEN = ("confirmed", "used", "absent")
Facts = Sequence[dict[str, str]]


def settle() -> None:
    """Do what the worker does within minutes: end holds, ask about payments, end the charges of what is over."""
    release_overdue.call()
    for attempt in Attempt.objects.waiting():
        checkout.poll(attempt)
    end_left_charges()


def check(facts: Facts = (), arrived: Sequence[str] | None = None) -> Iterator[str]:
    """Yield every breach, each with the sign of its kind; nothing is changed.

    ``facts`` is what residents were told, ``arrived`` the identities of the mails that arrived; None for no look.
    """
    yield from _overlaps()
    yield from _uses()
    yield from _captures()
    yield from _messages()
    yield from [] if arrived is None else _mails(arrived)
    yield from _holds()
    yield from _draws()
    yield from _halves()
    yield from _answers(facts)


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
        yield "B7 重なりを拒む仕掛けがありません"
    if not closed_list_triggers.are_installed(connection):
        yield "B7 締め切った一覧を守る仕掛けがありません"


def _uses() -> Iterator[str]:
    for use in FacilityUse.objects.select_related("booking", "charge__receipt"):
        charge, booking = use.charge, use.booking
        if booking.status in TAKEN and (charge is None or not charge.is_settled or not use.permit_number):
            yield f"B2 使用料のない確定: {booking.number}"
        if booking.status in {"held", "expired"} and use.permit_number:
            yield f"B2 承認書だけがある: {booking.number}"
        if charge is None or booking.status in {*TAKEN, "held"}:
            continue
        if charge.status == Charge.Status.UNPAID and charge.live_attempt() is None:
            yield f"B3 予約のない未納の調定: {charge.number}"
        if charge.status == Charge.Status.PAID and use.refund_percent is None:
            yield f"B3 予約のない納付: {charge.number}"
    for booking in Booking.objects.live().filter(use=None, unit__isnull=False, public_label=""):
        yield f"B2 使用料の決まっていない予約: {booking.number}"
    for charge in Charge.objects.filter(use=None, cancelled_at=None, title__startswith="検証館"):
        yield f"B3 予約のない調定: {charge.number}"


def _captures() -> Iterator[str]:
    """Each payment that the provider took is a receipt, or is known as too much."""
    if LedgerLine.total():
        yield f"B3 台帳の合計が {LedgerLine.total()} 円"
    for attempt in Attempt.objects.filter(status=Attempt.Status.CAPTURED).select_related("charge"):
        known = Receipt.objects.filter(charge=attempt.charge, reference=attempt.reference).count()
        known += Overpayment.objects.filter(charge=attempt.charge, reference=attempt.reference).count()
        if known != 1:
            yield f"B3 記録が{known}件の決済: {attempt.charge.number}"


def _messages() -> Iterator[str]:
    rows = Message.objects.filter(code__in=ONCE).values("code", "about").annotate(times=Count("pk"))
    for row in rows.filter(times__gt=1):
        yield f"B4 同じ知らせが{row['times']}通: {row['code']} {row['about']}"
    told = Counter(Message.objects.filter(code="facility-confirmed").values_list("about", flat=True))
    for booking in Booking.objects.filter(status__in=TAKEN, use__isnull=False):
        if not told[f"bookings.booking/{booking.pk}"]:
            yield f"B4 確定の知らせがない: {booking.number}"


def _mails(arrived: Sequence[str]) -> Iterator[str]:
    """Each message arrived under its own identity; a mail repeated under the same one is recognised by its reader."""
    written, came = set(Message.objects.values_list("token", flat=True)), set(arrived)
    yield from (f"B4 届いていない知らせ: {token[:6]}" for token in sorted(written - came))
    yield from (f"B4 記録にない知らせ: {token[:6]}" for token in sorted(came - written))


def _holds() -> Iterator[str]:
    now = timezone.now()
    for booking in Booking.objects.overdue(now):
        yield f"B5 期限を過ぎた仮予約: {booking.number}"
    gone = Q(status__in=["expired", "called_off"]) | Q(status="cancelled", allocations__opens_at=None)
    for booking in Booking.objects.filter(gone, allocations__released_at=None).distinct():
        yield f"B5 終わった予約の割当: {booking.number}"


def _draws() -> Iterator[str]:
    for lottery in Lottery.objects.exclude(digest=""):
        if lottery.closed_list().digest != lottery.digest:
            yield f"B6 締切のあとに変わった一覧: {lottery.number}"
        elif lottery.status == Lottery.Status.DRAWN:
            yield from (f"B6 {lottery.number} {words}" for words in faults(lottery.published()))
            yield from _awards(lottery)


def _awards(lottery: Lottery) -> Iterator[str]:
    """Each result was told, and each win is a booking of the winner."""
    items = {item.code: item for item in lottery.items.all()}
    for result in lottery.results.select_related("entry"):
        if result.told_at is None:
            yield f"B6 知らせていない結果: {result.entry.ticket}"
        for item in (items[code] for code in result.entry.wanted.split(",") if result.outcome == "当選"):
            mine = Booking.objects.filter(unit=item.unit_id, starts_at=item.starts_at, use__isnull=False)
            if not mine.filter(registrant=result.entry.registrant_id).exists():
                yield f"B6 予約のない当選: {result.entry.ticket}"


def _halves() -> Iterator[str]:
    """Every live booking has all of its parts, and every visit each of those that it needs."""
    standing = Count("allocations", filter=Q(allocations__released_at=None), distinct=True)
    rows = Booking.objects.live().annotate(taken=standing, wanted=Count("unit__parts", distinct=True))
    for number, taken, wanted in rows.exclude(unit=None).values_list("number", "taken", "wanted"):
        if taken != wanted:
            yield f"B8 {wanted}区画のうち{taken}区画の予約: {number}"
    for visit in Visit.objects.filter(booking__status__in=["held", "confirmed"]).select_related("booking"):
        standing_parts = visit.booking.allocations.filter(released_at=None)
        kinds = sorted(standing_parts.values_list("part__resource__kind", flat=True))
        needs = ["person", *(["desk"] if visit.mode == "desk" else []), *(["interpreter"] if visit.language else [])]
        if kinds != sorted(needs):
            yield f"B8 {'・'.join(needs)}のうち{'・'.join(kinds)}だけの来庁予約: {visit.booking.number}"


def _answers(facts: Facts) -> Iterator[str]:
    """What a resident was told is in the database."""
    status = dict(Booking.objects.values_list("number", "status"))
    receipts = set(Receipt.objects.values_list("reference", flat=True))
    tickets = set(LotteryEntry.objects.values_list("ticket", flat=True))
    drawn = set(Lottery.objects.filter(status=Lottery.Status.DRAWN).values_list("number", flat=True))
    for fact in facts:
        kept = {
            "booked": fact.get("number") in status,
            "cancelled": status.get(fact.get("number", "")) == "cancelled",
            "ended": status.get(fact.get("number", "")) == "called_off",
            "paid": fact.get("reference") in receipts,
            "entered": fact.get("ticket") in tickets,
            "drawn": fact.get("number") in drawn,
        }.get(fact["what"], True)
        if not kept:
            yield f"B9 示したが、記録にない: {json.dumps(fact, ensure_ascii=False)}"
        if fact["what"] in {"failed", "deadlock"}:
            yield f"B0 {fact['what']} {fact['why']}"
