"""Returned frames 返却枠: a time given back never jumps: first to the waiting list, then to all at the next noon."""

from datetime import datetime, time, timedelta

from django.db import transaction
from django.utils import timezone

from todoke.accounts.actors import Actor
from todoke.bookings.models import Booking, WaitlistEntry
from todoke.bookings.models.allocation import lock_parts
from todoke.bookings.models.waitlist import OFFERED_FOR
from todoke.japanese.calendar import JAPAN, business_date

NOON = time(12)


def next_noon(after: datetime) -> datetime:
    """Return the first noon in Japan that lies after an instant."""
    noon = datetime.combine(business_date(after), NOON, JAPAN)
    return noon if noon > after else noon + timedelta(days=1)


@transaction.atomic
def give_back(booking: Booking, *, by: Actor, reason: str = "", now: datetime | None = None) -> datetime | None:
    """Cancel a booking and return the moment at which its time opens to all; None when it is free at once.

    Free at once is a time that begins before the next noon. Raises Closed when the booking is not live.
    """
    now = now or timezone.now()
    opens_at: datetime | None = next_noon(now)
    if opens_at is not None and opens_at >= booking.starts_at:
        opens_at = None
    booking.cancel(by=by, reason=reason, opens_at=opens_at)
    return offer_next(booking, now=now) or opens_at


def offer_next(returned: Booking, *, now: datetime) -> datetime | None:
    """Offer a returned time to whoever waits next, and return the noon at which it then opens; None for nobody."""
    until = now + OFFERED_FOR
    opens_at = next_noon(until)
    if returned.unit is None or opens_at >= returned.starts_at:
        return None
    standing = returned.allocations.filter(released_at=None)
    for entry in WaitlistEntry.objects.asking(returned.unit, returned.span):
        if standing.exists() and entry.offer(returned, until=until):
            standing.update(opens_at=opens_at)
            return opens_at
    return None


@transaction.atomic
def claim(entry: WaitlistEntry, *, by: Actor) -> None:
    """Take up an offer and free its time for the booking that follows in the same transaction. Raises Closed."""
    lock_parts(entry.unit.whole_parts(), entry.span)
    entry.close(by=by, taken=True)
    if entry.returned is not None:
        entry.returned.allocations.filter(released_at=None).update(released_at=timezone.now())


def advance_offers(now: datetime | None = None) -> int:
    """Pass on every offer that ran out; return how many."""
    now, count = now or timezone.now(), 0
    for entry in WaitlistEntry.objects.run_out(now).select_related("returned"):
        with transaction.atomic():
            if entry.run_out(now) and entry.returned is not None:
                offer_next(entry.returned, now=now)
                count += 1
    return count
