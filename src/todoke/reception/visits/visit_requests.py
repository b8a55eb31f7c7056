"""Visit booking 来庁の予約: officer, room and interpreter together or nothing; one verb for page and telephone."""

import secrets
from dataclasses import dataclass, replace
from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from todoke.accounts.actors import Actor, user_of
from todoke.bookings.models import Booking, BookingDetails, ResourcePart, Taken
from todoke.bookings.slots import Span
from todoke.cases.models import Case
from todoke.japanese.calendar import JAPAN
from todoke.organization.permissions import is_staff
from todoke.reception.booking_notices import tell
from todoke.reception.models import Visit, VisitPurpose
from todoke.reception.video_rooms import sealed_room
from todoke.reception.visits.visit_slots import crew_for, days_with_room, first_day, grid_of
from todoke.runtime.database.lock_timeouts import busy_when_locked
from todoke.runtime.refusals import Closed, Conflict, Refused

HELD_FOR = timedelta(minutes=30)
"""How long a time is held for a guest who has not opened the mail yet."""
MOST_HOLDS = 3
TRIES = 8


@dataclass(frozen=True)
class VisitRequest:
    """来庁の申込み: what for, when, by which way, with which needs, and how the person is reached."""

    purpose: VisitPurpose
    span: Span
    mode: str
    name: str
    email: str = ""
    phone: str = ""
    language: str = ""
    wheelchair: bool = False
    writing: bool = False
    channel: str = "online"
    case: Case | None = None
    form_key: str | None = None


def request(wanted: VisitRequest, *, by: Actor) -> Visit:
    """来庁予約: take officer, room and interpreter at one start; a guest's time is held until the mail is answered.

    A form that is sent twice is one visit, also where it took the last officer.

    Raises Refused for what the office does not offer or nobody to reach, Closed within the lead days, Taken with the
    next free start when nobody is free, Conflict beyond three unanswered holds of an address, Busy where too many wait.
    """
    if wanted.form_key and (done := Visit.objects.filter(booking__form_key=wanted.form_key).first()):
        return done
    _check(wanted)
    for _ in range(TRIES):
        parts = _crew(wanted)
        try:
            with busy_when_locked():
                return _book(wanted, parts, by)
        except Taken:
            continue
    raise _taken(wanted)


def _check(wanted: VisitRequest) -> None:
    purpose, day = wanted.purpose, wanted.span.start.astimezone(JAPAN).date()
    if wanted.mode not in purpose.modes.split() or wanted.span not in grid_of(purpose, day):
        raise Refused("この日時には受け付けていません。ほかの日時を選んでください。")
    if day < first_day(purpose):
        raise Closed(
            f"この用件は、{purpose.lead_days}開庁日前までに予約してください。急ぐときは、電話でお話しください。"
        )
    if not wanted.name.strip() or not (wanted.email or wanted.phone):
        raise Refused("お名前と、メールアドレスか電話番号を入れてください。")
    held = Booking.objects.filter(status="held", held_until__gt=timezone.now(), contact_email=wanted.email)
    if wanted.email and held.count() >= MOST_HOLDS:
        raise Conflict("確かめていない予約が3つあります。届いたメールから確かめるか、30分待ってください。")


def _crew(wanted: VisitRequest) -> list[ResourcePart]:
    """Return one free part of each pool, in an order that nobody foresees. Raises Taken where a pool has none."""
    crew = crew_for(wanted.purpose, wanted.mode, wanted.language, wanted.span)
    pools = crew.free(wanted.span)
    if not all(pools):
        raise _taken(wanted)
    return [secrets.choice(pool) for pool in pools]


def _taken(wanted: VisitRequest) -> Taken:
    following = days_with_room(wanted.purpose, 1, mode=wanted.mode, language=wanted.language)
    if not following:
        return Taken("この時間はいっぱいになりました。60日先まで空きがありません。電話でお話しください。")
    start = following[0][1][0].start.astimezone(JAPAN)
    return Taken(f"この時間はいっぱいになりました。次の空きは、{start.month}月{start.day}日{start:%H:%M}です。")


@transaction.atomic
def _book(wanted: VisitRequest, parts: list[ResourcePart], by: Actor) -> Visit:
    user = user_of(by)
    is_known = wanted.channel != "online" or (user is not None and (is_staff(user) or user.email == wanted.email))
    details = BookingDetails(
        wanted.purpose.department, contact_name=wanted.name.strip(), contact_email=wanted.email,
        contact_phone=wanted.phone, purpose=wanted.purpose.title, channel=wanted.channel, form_key=wanted.form_key,
    )  # fmt: skip
    until = None if is_known or not wanted.email else timezone.now() + HELD_FOR
    booking = Booking.take(parts, wanted.span, details, until=until, by=by)
    if wanted.form_key and (known := Visit.objects.filter(booking=booking).first()):
        return known
    visit = Visit.objects.create(
        booking=booking, purpose=wanted.purpose, mode=wanted.mode, language=wanted.language,
        wheelchair=wanted.wheelchair, writing=wanted.writing, case=wanted.case,
        sealed_room=sealed_room() if wanted.mode == Visit.Mode.VIDEO else "",
    )  # fmt: skip
    tell(booking, "visit-held" if until else "visit-confirmed", by=by)
    return visit


@transaction.atomic
def confirm(visit: Visit, *, by: Actor) -> None:
    """確定: a guest opened the mail and confirms. Raises Closed when the half hour is over."""
    visit.booking.confirm(by=by)
    tell(visit.booking, "visit-confirmed", by=by)


def move(visit: Visit, span: Span, *, by: Actor) -> None:
    """変更: take officer, room and interpreter at another start; the old time stays if the new one is taken.

    Raises Refused, Closed, Taken.
    """
    booking = visit.booking
    wanted = VisitRequest(
        visit.purpose, span, visit.mode, booking.contact_name, booking.contact_email, booking.contact_phone,
        visit.language,
    )  # fmt: skip
    _check(replace(wanted, email="", phone="-"))
    parts = _crew(wanted)
    with transaction.atomic():
        booking.move(parts, span, by=by)
        tell(booking, "visit-confirmed", by=by)


@transaction.atomic
def cancel(visit: Visit, *, by: Actor, reason: str = "") -> None:
    """取消: give officer, room and interpreter back at once. Raises Closed when the visit is over."""
    visit.booking.cancel(by=by, reason=reason)
    tell(visit.booking, "booking-cancelled", by=by)
