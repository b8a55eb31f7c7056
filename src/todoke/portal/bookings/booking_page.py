"""Booking page 予約のページ: what whoever holds its link sees of one booking, and the next thing to do."""

from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _

from todoke.accounts.models import User
from todoke.accounts.rate_limits import RateLimit, hit
from todoke.bookings.models import Booking, Registrant
from todoke.japanese.calendar import today
from todoke.portal.access import client_address
from todoke.portal.bookings.span_words import span_in_words, until_in_words
from todoke.reception.facility_requests import refund_percent
from todoke.reception.models import FacilityUse, Visit
from todoke.reception.permit import permit_code
from todoke.reception.video_rooms import room_address
from todoke.runtime.refusals import Busy
from todoke.workforce.models import HelpSession

BOOKINGS = RateLimit("bookings", 20, 3600)


def count_booking(request: HttpRequest) -> None:
    """Count one booking of a client. Raises Busy beyond the limit of an hour; the telephone stays open."""
    if not hit(BOOKINGS, client_address(request)):
        raise Busy(_("予約の操作が続いたので、少し止めています。一時間ほど待つか、電話で予約してください。"))


def booking_of(token: str) -> Booking:
    """Return the booking of a link. Raises Http404."""
    rows = Booking.objects.select_related("unit__resource", "registrant", "department", "rules")
    return get_object_or_404(rows, token=token)


def booking_context(booking: Booking) -> dict[str, Any]:
    """Return what the page of a booking shows."""
    visit = Visit.objects.select_related("purpose", "booking").filter(booking=booking).first()
    use = FacilityUse.objects.select_related("charge__receipt", "booking__rules", "booking__unit").filter(
        booking=booking
    )
    found = use.first()
    session = None if visit or found else HelpSession.objects.of_booking(booking)
    live = booking.status in {"held", "confirmed"} and booking.starts_at > timezone.now()
    is_held = booking.status == "held" and booking.held_until is not None and booking.held_until > timezone.now()
    return {
        "booking": booking,
        "when": span_in_words(booking.span),
        "visit": visit,
        "use": found,
        "help": session,
        "code": permit_code(found) if found and found.is_permitted else "",
        "room": room_address(visit, timezone.now()) if visit else "",
        "can_confirm": (visit is not None or session is not None) and is_held,
        "can_pay": found is not None and found.charge is not None and is_held,
        "pay_by": until_in_words(booking.held_until) if booking.held_until else "",
        "can_cancel": live,
        "refund": refund_percent(found) if found and found.charge and booking.status == "confirmed" and live else None,
    }


def registrants_of(user: object) -> QuerySet[Registrant]:
    """Return the valid registrations that a signed-in person acts for."""
    if not isinstance(user, User):
        return Registrant.objects.none()
    return Registrant.objects.of(user).valid(today())
