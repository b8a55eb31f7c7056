"""Contact erasure 氏名の消去: names, addresses and purposes leave bookings and enrolments 13 months after use."""

from datetime import datetime, timedelta

from django.db import transaction

from todoke.accounts.actors import System
from todoke.audit.log import record
from todoke.bookings.models import Booking, Enrolment

KEPT_FOR = timedelta(days=396)
NOTHING = {"contact_name": "", "contact_email": "", "contact_phone": ""}


@transaction.atomic
def erase_old_contacts(now: datetime) -> int:
    """Erase the contact details of what was used 13 months ago; returns how many rows; counts stay."""
    old = now - KEPT_FOR
    bookings = Booking.objects.filter(ends_at__lt=old, erased_at=None).update(**NOTHING, purpose="", erased_at=now)
    named = Enrolment.objects.filter(course__ends_at__lt=old).exclude(contact_name="")
    enrolments = named.update(**NOTHING, needs="")
    if bookings or enrolments:
        facts = {"予約": bookings, "受講申込": enrolments}
        record("bookings/contacts", "予約の氏名の消去", by=System(), after=facts)
    return bookings + enrolments
