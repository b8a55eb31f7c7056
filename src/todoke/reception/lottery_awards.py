"""Lottery awards 当選の予約: drawn times are held from the announcement on, and given to whoever won."""

from collections.abc import Sequence
from contextlib import suppress
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from todoke.accounts.actors import Actor, System
from todoke.accounts.models import User
from todoke.audit.log import record
from todoke.audit.transitions import compare_and_set
from todoke.bookings.models import (
    BookableUnit,
    Booking,
    BookingDetails,
    FacilityGroup,
    Frame,
    Lottery,
    LotteryEntry,
    LotteryItem,
    LotteryResult,
    Registrant,
    UseRules,
    WaitlistEntry,
)
from todoke.bookings.returned_frames import next_noon
from todoke.bookings.slots import Span
from todoke.japanese.calendar import JAPAN, business_date, format_date, today
from todoke.reception.booking_notices import tell_registrant
from todoke.reception.facility_requests import FacilityRequest, request
from todoke.reception.staff_holds import DRAWN
from todoke.runtime.links import absolute
from todoke.runtime.refusals import Closed, Conflict, NotAllowed, Refused


@transaction.atomic
def announce(
    group: FacilityGroup, title: str, items: Sequence[tuple[BookableUnit, Span]], *, source: str, closes_at: datetime,
    draws_at: datetime, limit: int, by: User,
) -> Lottery:  # fmt: skip
    """公告: announce a lottery and hold its times under a public label, so that nobody takes them before the draw.

    Raises Refused without rules, Taken where a time is booked already, and what ``Lottery.announce`` raises.
    """
    rules = UseRules.in_force(group, today())
    if rules is None:
        raise Refused("利用規則を公開してから、抽選を公告してください。")
    lottery = Lottery.announce(
        group, title=title, items=items, source=source, closes_at=closes_at, draws_at=draws_at, rules=rules, by=by,
        limit=limit,
    )  # fmt: skip
    for unit, span in items:
        details = BookingDetails(group.department, unit, channel="staff", public_label=_label(lottery))
        Booking.take(unit.whole_parts(), span, details, by=by)
    return lottery


def enter(lottery: Lottery, registrant: Registrant, items: Sequence[LotteryItem], *, by: Actor) -> LotteryEntry:
    """抽選の申込み: one ticket with the weight of the rules; whoever lost the last draw of the group weighs more.

    Raises NotAllowed while the registrant may not enter draws, Closed where its registration ends before the time that
    it wants, and what ``Lottery.enter`` raises.
    """
    if any(registrant.valid_until < business_date(item.starts_at) for item in items):
        raise Closed("利用登録の有効期限が、この枠の日より前に切れます。窓口で更新すると、すぐに申し込めます。")
    limit = registrant.suspension_on(today())
    if limit:
        raise NotAllowed(f"{format_date(limit.ends_on)}まで、抽選に申し込めません。理由: {limit.ground}")
    last = Lottery.objects.filter(group=lottery.group, status=Lottery.Status.DRAWN).order_by("-draws_at").first()
    results = LotteryResult.objects.filter(lottery=last, entry__registrant=registrant)
    lost = last is not None and results.exists() and not results.filter(outcome=LotteryResult.Outcome.WON).exists()
    weight = lottery.rules.terms.weight(registrant.origin, lost)
    return lottery.enter(registrant, items, weight=weight, by=by)


def _label(lottery: Lottery) -> str:
    return f"{DRAWN}{lottery.number}"


def is_drawn_time(booking: Booking) -> bool:
    """Whether a booking only keeps a time for a draw that was announced."""
    return booking.public_label.startswith(DRAWN)


def award(lottery: Lottery, *, by: Actor = System()) -> int:  # noqa: B008 - a value without state
    """当選の予約: book each win, tell everybody once, put the losers on the waiting list in their order; safe twice.

    A win that the rules of the day refuse holds nobody else up: it lapses with the reason in the audit, and its time
    opens with the rest. Whoever lost the same time twice waits for it once.
    """
    items, count = {item.code: item for item in lottery.items.select_related("unit__resource__group")}, 0
    rows = lottery.results.filter(told_at=None).select_related("entry__registrant").order_by("position")
    for result in rows:
        with transaction.atomic():
            if compare_and_set(result, {"told_at": None}, told_at=timezone.now()):
                _settle(lottery, result, [items[code] for code in result.entry.wanted.split(",")], by)
                count += 1
    open_rest(lottery, by=by)
    return count


def _settle(lottery: Lottery, result: LotteryResult, items: Sequence[LotteryItem], by: Actor) -> None:
    who = result.entry.registrant
    if result.outcome == LotteryResult.Outcome.WON:
        try:
            with transaction.atomic():
                for item in items:
                    _book(lottery, item, who, by)
        except Refused as refusal:
            record(result, "当選の失効", by=by, reason=str(refusal)[:200])
    elif result.outcome == LotteryResult.Outcome.LOST:
        for item in items:
            with suppress(Conflict):
                WaitlistEntry.join(item.unit, item.span, who, by=by)
    tell_registrant(
        who, "lottery-result", about=result, department=lottery.group.department, by=by, lottery=lottery.title,
        ticket=result.entry.ticket, outcome=result.outcome, url=absolute("portal:lottery", lottery.number),
    )  # fmt: skip


def _book(lottery: Lottery, item: LotteryItem, who: Registrant, by: Actor) -> None:
    _hold_of(lottery, item).call_off(reason="抽選で決まりました", by=by)
    request(FacilityRequest(item.unit, business_date(item.starts_at), _frame(item), who, is_drawn=True), by=by)


def _hold_of(lottery: Lottery, item: LotteryItem) -> Booking:
    return Booking.objects.get(
        unit=item.unit, starts_at=item.starts_at, public_label=_label(lottery), status=Booking.Status.CONFIRMED
    )


def _frame(item: LotteryItem) -> Frame:
    start, end = item.starts_at.astimezone(JAPAN), item.ends_at.astimezone(JAPAN)
    return Frame.objects.select_related("timetable").filter(
        timetable__group=item.unit.resource.group_id, weekday=start.weekday(), opens=start.time(), closes=end.time()
    ).order_by("-timetable__starts_on")[0]  # fmt: skip


def open_rest(lottery: Lottery, *, by: Actor) -> None:
    """Open the times that nobody won, to all at the next noon."""
    for hold in Booking.objects.filter(public_label=_label(lottery), status=Booking.Status.CONFIRMED):
        opens_at = next_noon(timezone.now())
        hold.cancel(by=by, reason="抽選で決まらなかった枠", opens_at=opens_at if opens_at < hold.starts_at else None)
