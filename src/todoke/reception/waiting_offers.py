"""Waiting offers 空きの案内: a registrant takes a time that the waiting list offers, with its fee and its rules."""

from django.db import transaction
from django.utils import timezone

from todoke.accounts.actors import Actor
from todoke.bookings.models import Frame, WaitlistEntry
from todoke.japanese.calendar import JAPAN, business_date
from todoke.reception.facility_requests import FacilityRequest, request
from todoke.reception.models import FacilityUse


@transaction.atomic
def take(entry: WaitlistEntry, *, by: Actor) -> FacilityUse:
    """Take an offered time. Raises Closed when the offer is over, and what booking a facility raises."""
    entry.close(by=by, taken=True)
    if entry.returned is not None:
        entry.returned.allocations.filter(released_at=None).update(released_at=timezone.now())
    start = entry.starts_at.astimezone(JAPAN)
    frames = Frame.objects.select_related("timetable").filter(
        timetable__group=entry.unit.resource.group_id, weekday=start.weekday(), opens=start.time()
    )
    frame = frames.order_by("-timetable__starts_on")[0]
    wanted = FacilityRequest(entry.unit, business_date(entry.starts_at), frame, entry.registrant)
    return request(wanted, by=by)
