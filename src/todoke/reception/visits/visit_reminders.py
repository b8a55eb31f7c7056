"""Visit reminders 来庁のお知らせ: on the office day before, and an hour before; each once, whatever was killed."""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta

from django.db import transaction

from todoke.accounts.actors import System
from todoke.bookings.models import Booking
from todoke.japanese.calendar import JAPAN, business_date, is_office_day
from todoke.reception.booking_notices import tell
from todoke.reception.models import BookingReminder

MORNING, HOUR = time(9), timedelta(hours=1)
FURTHEST = timedelta(days=12)
"""The longest stretch without an office day, and a little more."""


def day_before(day: date) -> date:
    """Return the last office day (開庁日) before a day."""
    day -= timedelta(days=1)
    while not is_office_day(day):
        day -= timedelta(days=1)
    return day


def morning_before(start: datetime) -> datetime:
    """Return nine o'clock of the last office day before the day of a start."""
    return datetime.combine(day_before(business_date(start)), MORNING, JAPAN)


def due(now: datetime) -> Iterator[tuple[Booking, str]]:
    """Yield the visits and seats of help to remind of at an instant, with the kind; one booked later is left."""
    rows = Booking.objects.filter(status="confirmed", unit=None, starts_at__gt=now)
    for booking in rows.filter(starts_at__lte=now + FURTHEST).exclude(contact_email=""):
        for kind, at in (("day", morning_before(booking.starts_at)), ("hour", booking.starts_at - HOUR)):
            if booking.booked_at < at <= now:
                yield booking, kind


def remind(now: datetime) -> int:
    """Write every reminder that is due and was not written; returns how many."""
    count = 0
    for booking, kind in due(now):
        with transaction.atomic():
            _, fresh = BookingReminder.objects.get_or_create(booking=booking, kind=kind, starts_at=booking.starts_at)
            count += fresh and tell(booking, "visit-reminder", by=System())
    return count
