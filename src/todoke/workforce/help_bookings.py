"""Help bookings 相談の予約: a time at a seat of a help session, without an account, by page, telephone or counter."""

import secrets
from dataclasses import dataclass
from datetime import timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext

from todoke.accounts.actors import Actor, user_of
from todoke.bookings.models import Allocation, Booking, BookingDetails, ResourcePart, Taken
from todoke.bookings.slots import Span, starts
from todoke.organization.permissions import is_staff
from todoke.reception.booking_notices import tell
from todoke.runtime.refusals import Conflict, Refused
from todoke.workforce.models import HelpSession

HELD_FOR, MOST_HOLDS, TRIES = timedelta(minutes=30), 3, 8
"""How long a guest's seat is held until the mail is answered, for how many times of an address, and how often a seat
is looked for while others book.
"""


@dataclass(frozen=True)
class HelpRequest:
    """相談の申込み: when, who comes, and how the person is reached."""

    span: Span
    name: str
    email: str = ""
    phone: str = ""
    channel: str = "online"
    form_key: str | None = None


def free_slots(session: HelpSession) -> list[tuple[Span, int]]:
    """Return the times to come with at least one free seat, and how many are free; two queries."""
    if session.desk is None:
        return []
    parts = list(session.desk.parts.values_list("pk", flat=True))
    rows = Allocation.objects.standing(timezone.now()).filter(part__in=parts).values_list("starts_at", "ends_at")
    taken = [Span(*row) for row in rows]
    found = [(span, len(parts) - sum(span.overlaps(each) for each in taken)) for span in _grid(session)]
    return [(span, free) for span, free in found if free > 0 and span.start > timezone.now()]


def _grid(session: HelpSession) -> list[Span]:
    minutes = session.desk.grid_minutes if session.desk else 0
    return starts(Span(session.starts_at, session.ends_at), minutes=minutes, grid_minutes=minutes) if minutes else []


def sent_before(form_key: str | None) -> Booking | None:
    """Return the booking that this very form has made, however often it is sent; None for a new one."""
    return Booking.objects.filter(form_key=form_key).first() if form_key else None


def request(session: HelpSession, wanted: HelpRequest, *, by: Actor) -> Booking:
    """相談の予約: take a free seat; held until a guest answers the mail, had at once by whoever leaves a number.

    Raises Refused for another time or nobody to reach, Taken where no seat is free, Conflict beyond three open holds.
    """
    if done := sent_before(wanted.form_key):
        return done
    _check(session, wanted)
    for _ in range(TRIES):
        try:
            return _book(session, _free_part(session, wanted.span), wanted, by)
        except Taken:
            continue
    raise _full()


def _check(session: HelpSession, wanted: HelpRequest) -> None:
    if wanted.span not in _grid(session) or wanted.span.start <= timezone.now():
        raise Refused(gettext("この時間は予約できません。ほかの時間を選んでください。"))
    if not wanted.name.strip() or not (wanted.email or wanted.phone):
        raise Refused(gettext("お名前と、メールアドレスか電話番号を入れてください。"))
    held = Booking.objects.filter(status="held", held_until__gt=timezone.now(), contact_email=wanted.email)
    if wanted.email and held.count() >= MOST_HOLDS:
        raise Conflict(gettext("確かめていない予約が3つあります。届いたメールから確かめるか、30分待ってください。"))


def _free_part(session: HelpSession, span: Span) -> ResourcePart:
    taken = Allocation.objects.standing(timezone.now()).meeting(span).values("part")
    free = list(ResourcePart.objects.select_related("resource").filter(resource=session.desk).exclude(pk__in=taken))
    if not free:
        raise _full()
    return secrets.choice(free)


def _full() -> Taken:
    return Taken(gettext("この時間はいっぱいになりました。ほかの時間を選んでください。"))


@transaction.atomic
def _book(session: HelpSession, part: ResourcePart, wanted: HelpRequest, by: Actor) -> Booking:
    user = user_of(by)
    is_known = wanted.channel != "online" or (user is not None and (is_staff(user) or user.email == wanted.email))
    details = BookingDetails(
        session.department, contact_name=wanted.name.strip(), contact_email=wanted.email, contact_phone=wanted.phone,
        purpose=f"{session.title}({session.place})"[:100], channel=wanted.channel, form_key=wanted.form_key,
    )  # fmt: skip
    until = None if is_known or not wanted.email else timezone.now() + HELD_FOR
    booking = Booking.take([part], wanted.span, details, until=until, by=by)
    tell(booking, "visit-held" if until else "visit-confirmed", by=by)
    return booking


@transaction.atomic
def confirm(booking: Booking, *, by: Actor) -> None:
    """確定: a guest opened the mail and confirms. Raises Closed when the half hour is over."""
    booking.confirm(by=by)
    tell(booking, "visit-confirmed", by=by)


@transaction.atomic
def cancel(booking: Booking, *, by: Actor) -> None:
    """取消: give the seat back at once. Raises Closed when the booking is over."""
    booking.cancel(by=by)
    tell(booking, "booking-cancelled", by=by)
