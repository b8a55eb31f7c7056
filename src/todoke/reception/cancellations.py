"""Cancellations 予約の中止: the office ends a booking; its money and the news of it go in the same transaction."""

from django.db import transaction

from todoke.accounts.models import User
from todoke.bookings.models import Booking
from todoke.reception.booking_notices import tell


@transaction.atomic
def call_off(booking: Booking, *, reason: str, by: User) -> bool:
    """中止: end a booking with a reason, give its fee back whole and tell the person; False where there is no address.

    Raises Closed when it is over already, Refused without a reason.
    """
    booking.call_off(reason=reason, by=by)
    return tell(booking, "booking-cancelled", by=by)
