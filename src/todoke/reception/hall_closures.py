"""Hall closures 休館の決定: whom a closure hits, and ending their bookings with the whole fee, told one by one."""

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from todoke.accounts.models import User
from todoke.audit.log import subject_of
from todoke.bookings.models import Allocation, Booking, BookingDetails, Resource, WaitlistEntry
from todoke.bookings.permissions import MANAGE_BOOKINGS
from todoke.bookings.slots import Span
from todoke.reception.booking_notices import moment, tell_registrant
from todoke.reception.cancellations import call_off
from todoke.reception.lottery_awards import is_drawn_time
from todoke.reception.models import Closure, ClosureEffect, ManualNotice
from todoke.runtime.refusals import Conflict, NotAllowed, Refused

LABEL = "臨時休館"


def affected(resource: Resource, span: Span) -> list[Booking]:
    """Return the live bookings that a closure of a hall would end, in the order of their times."""
    held = Allocation.objects.standing(timezone.now()).meeting(span).filter(part__resource=resource)
    rows = Booking.objects.live().filter(pk__in=held.values("booking"))
    return list(
        rows.select_related("unit__resource__group", "registrant", "use__charge__receipt").order_by("starts_at")
    )


@transaction.atomic
def declare(resource: Resource, span: Span, *, reason: str, seen: int, by: User) -> Closure:
    """休館: end every booking in the way with its whole fee, hold the time, and say why on the residents' page.

    ``seen`` is how many bookings the person was shown. Raises NotAllowed, Refused without a reason, for a time in the
    past or one that a draw holds, Conflict when somebody booked meanwhile.
    """
    if not MANAGE_BOOKINGS.held_by(by, resource.department):
        raise NotAllowed("休館を決められるのは、施設の担当部署の人だけです。")
    if not reason.strip() or not timezone.now() < span.end or span.end <= span.start:
        raise Refused("休館の理由と、これからの始まりと終わりを入れてください。")
    hit = affected(resource, span)
    if any(is_drawn_time(each) for each in hit):
        raise Refused("抽選の枠が含まれています。抽選が終わってから、休館を決めてください。")
    if len(hit) != seen:
        raise Conflict(f"見ていたあいだに予約が変わり、影響は{len(hit)}件になりました。もう一度確かめてください。")
    ended = [(each, call_off(each, reason=reason, by=by)) for each in hit]
    _end_waits(resource, span, reason=reason.strip(), by=by)
    closure = Closure.objects.create(
        resource=resource, starts_at=span.start, ends_at=span.end, reason=reason.strip(), declared_by=by,
        booking=_hold(resource, span, reason.strip(), by),
    )  # fmt: skip
    ClosureEffect.objects.bulk_create(
        ClosureEffect(
            closure=closure, booking=each, refunded_yen=done.yen, told_at=timezone.now() if done.told else None
        )
        for each, done in ended
        if not each.public_label
    )
    return closure


def waiting(resource: Resource, span: Span) -> list[WaitlistEntry]:
    """Return who waits for a time that a closure would take, or is offered one, in the order of the times."""
    rows = WaitlistEntry.objects.meeting(resource, span).filter(status__in=["waiting", "offered"])
    return list(rows.select_related("unit__resource__department", "registrant").order_by("starts_at", "position"))


def ended_waits(closure: Closure) -> list[WaitlistEntry]:
    """Return whose wait a closure ended."""
    rows = WaitlistEntry.objects.meeting(closure.resource, closure.span).filter(status="called_off")
    return list(rows.select_related("unit__resource", "registrant").order_by("starts_at", "position"))


def notices_to_give(closure: Closure) -> list[ManualNotice]:
    """Return the calls and letters of a closure, done or not: whoever had booked or waited and has no mail address."""
    told = [subject_of(each) for each in ended_waits(closure)]
    rows = ManualNotice.objects.filter(Q(booking__closed_by__closure=closure) | Q(about__in=told))
    return list(rows.select_related("told_by").order_by("pk"))


def _end_waits(resource: Resource, span: Span, *, reason: str, by: User) -> None:
    """End every wait for a time of a hall and every offer of one, and tell why."""
    for each in waiting(resource, span):
        if not each.call_off(by=by, reason=reason):
            continue
        tell_registrant(
            each.registrant, "waiting-called-off", about=each, department=each.unit.resource.department, by=by,
            what=str(each.unit), when=moment(each.starts_at), reason=reason,
        )  # fmt: skip


def _hold(resource: Resource, span: Span, reason: str, by: User) -> Booking:
    """Hold every part of the hall; a returned time that waits for its noon is released, as nobody can take it."""
    waiting = Allocation.objects.standing(timezone.now()).meeting(span).filter(part__resource=resource)
    waiting.filter(booking__status=Booking.Status.CANCELLED).update(released_at=timezone.now())
    details = BookingDetails(resource.department, channel="staff", public_label=f"{LABEL}: {reason}"[:100])
    return Booking.take(list(resource.parts.select_related("resource")), span, details, by=by)
