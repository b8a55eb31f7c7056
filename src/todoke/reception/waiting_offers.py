"""Waiting offers 空きの案内: a registrant waits for a time, and takes what is offered with its fee and its rules."""

from django.db import transaction
from django.utils import timezone

from todoke.accounts.actors import Actor
from todoke.bookings.models import Allocation, BookableUnit, Frame, Registrant, WaitlistEntry
from todoke.bookings.returned_frames import claim
from todoke.bookings.slots import Span
from todoke.japanese.calendar import JAPAN, business_date
from todoke.reception.facility_requests import FacilityRequest, request
from todoke.reception.models import FacilityUse
from todoke.runtime.refusals import Refused


def join(unit: BookableUnit, span: Span, registrant: Registrant, *, by: Actor) -> WaitlistEntry:
    """空き待ちの登録: wait for a time that somebody has. Raises Refused where it is free, over, or shut, Conflict."""
    if span.start <= timezone.now():
        raise Refused("この時間は過ぎました。これからの時間を選んでください。")
    parts = unit.parts.values("pk")
    taken = Allocation.objects.standing(timezone.now()).meeting(span).filter(part__in=parts)
    if not taken.exists():
        raise Refused("この時間は空いています。空き待ちではなく、予約できます。")
    if taken.exclude(booking__public_label="").exists():
        raise Refused("この時間は区が使います。空き待ちはできません。別の時間を選んでください。")
    return WaitlistEntry.join(unit, span, registrant, by=by)


@transaction.atomic
def take(entry: WaitlistEntry, *, by: Actor) -> FacilityUse:
    """Take an offered time. Raises Closed when the offer is over, and what booking a facility raises."""
    claim(entry, by=by)
    start = entry.starts_at.astimezone(JAPAN)
    frames = Frame.objects.select_related("timetable").filter(
        timetable__group=entry.unit.resource.group_id, weekday=start.weekday(), opens=start.time()
    )
    frame = frames.order_by("-timetable__starts_on")[0]
    wanted = FacilityRequest(entry.unit, business_date(entry.starts_at), frame, entry.registrant)
    return request(wanted, by=by)
