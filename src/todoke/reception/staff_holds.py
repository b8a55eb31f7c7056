"""Staff holds 職員の押さえ: priority, events and maintenance are bookings whose reason the public reads."""

from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet

from todoke.accounts.models import User
from todoke.bookings.models import BookableUnit, Booking, BookingDetails
from todoke.bookings.slots import Span
from todoke.reception.facility_requests import group_of
from todoke.runtime.refusals import NotAllowed, Refused

DRAWN = "抽選 "
"""How the label begins of a time that is only kept for a draw."""
LABELS = ("優先枠", "区の行事", "保守", "臨時休館")


def public_holds(now: datetime) -> QuerySet[Booking]:
    """Return the holds of halls by staff that are not over, with label and reason, in the order of their times.

    Times that are held for a draw are left out: they are for residents, and stand on the page of the draw.
    """
    rows = Booking.objects.live().filter(ends_at__gt=now).exclude(public_label="")
    found = rows.exclude(public_label__startswith=DRAWN)
    return found.select_related("unit__resource", "closure__resource").order_by("starts_at", "pk")


@transaction.atomic
def hold(unit: BookableUnit, span: Span, *, label: str, reason: str, by: User) -> Booking:
    """押さえ: take a time for the office under a label and a reason that stand on the residents' page.

    Raises NotAllowed, Refused without label or reason, Taken where somebody has the time: moving a person needs them.
    """
    group = group_of(unit)
    if not group.can_manage(by):
        raise NotAllowed("この施設を押さえられるのは、担当部署の人だけです。")
    if label not in LABELS or not reason.strip():
        raise Refused("押さえる名目と、住民のページに出す理由を入れてください。")
    details = BookingDetails(group.department, unit, channel="staff", public_label=f"{label}: {reason.strip()}"[:100])
    return Booking.take(unit.whole_parts(), span, details, by=by)
