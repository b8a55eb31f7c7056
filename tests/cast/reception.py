"""The cast of the reception: a section that receives people, its officers, desks and one interpreter; a paid hall."""

from datetime import date, time, timedelta
from typing import Any

from tests import cast
from tests.cast import bookings
from todoke.accounts.models import User
from todoke.bookings.models import BookableUnit, Frame, Resource, ResourcePart
from todoke.bookings.slots import Span
from todoke.japanese.calendar import is_office_day, today
from todoke.organization.models import Department
from todoke.reception.facility_requests import FacilityRequest
from todoke.reception.models import AvailabilityPeriod, VisitPurpose
from todoke.reception.visits.visit_requests import VisitRequest


def section() -> Department:
    return cast.department("保育課", "4010")


def _resource(kind: str, code: str, count: int, *, skill: str = "", of: Department | None = None) -> list[ResourcePart]:
    made = Resource.objects.create(code=code, name=code, kind=kind, department=of or section(), skill=skill)
    return [ResourcePart.objects.create(resource=made, code=f"{n}", name=f"{n}番") for n in range(1, count + 1)]


def office(*, officers: int = 2, desks: int = 2, interpreters: int = 1, of: Department | None = None) -> VisitPurpose:
    """A section with officers and desks on every weekday from 9 to 12, and interpreters of sign language."""
    of = of or section()
    purpose = VisitPurpose.objects.create(
        code="nursery-talk", title="保育園の相談", department=of, minutes=30, modes="desk video phone", lead_days=1
    )
    for weekday in range(5):
        period = AvailabilityPeriod.objects.create(
            department=of, weekday=weekday, opens=time(9), closes=time(12), starts_on=cast.LONG_AGO
        )
        period.purposes.add(purpose)
    _resource("person", "officers", officers, of=of)
    _resource("desk", "desks", desks, of=of)
    _resource("video", "rooms", 2, of=of)
    _resource("interpreter", "sign", interpreters, skill="手話", of=cast.department("障害福祉課", "4020"))
    return purpose


def office_day(days: int = 10) -> date:
    day = today() + timedelta(days=days)
    while not is_office_day(day):
        day += timedelta(days=1)
    return day


def span(number: int = 0, days: int = 10) -> Span:
    start = Span.on(office_day(days), time(9), time(9, 30)).start + timedelta(minutes=30 * number)
    return Span(start, start + timedelta(minutes=30))


def visit(purpose: VisitPurpose, at: Span | None = None, **more: Any) -> VisitRequest:
    given = {"mode": "desk", "name": "山田 花子", "email": "hanako@example.jp", "channel": "phone", **more}
    return VisitRequest(purpose, at or span(), **given)


def paid_hall(account: User | None = None, **rules: Any) -> tuple[BookableUnit, Any, User]:
    """A hall under published rules, a group that uses it, and the clerk of its section."""
    unit, clerk = bookings.court(), bookings.manager()
    group = cast.present(unit.resource.group)
    bookings.rules(group, clerk, bookings.hall_chief(), **rules)
    return unit, bookings.club(group, clerk, account=account), clerk


def wish(unit: BookableUnit, who: Any, *, days: int = 20, number: int = 0, **more: Any) -> FacilityRequest:
    day = bookings.day_ahead(days)
    name = bookings.FRAMES[number][0]
    frame = Frame.objects.select_related("timetable").get(
        weekday=day.weekday(), name=name, timetable__group=unit.resource.group_id
    )
    return FacilityRequest(unit, day, frame, who, **{"purpose": "バドミントン", **more})
