"""The cast of bookings: a sports hall in two halves, its rules, groups that use it, and times in the future."""

from datetime import date, datetime, time, timedelta
from typing import Any

from tests import cast
from todoke.accounts.models import User
from todoke.bookings.models import (
    BookableUnit,
    Booking,
    BookingDetails,
    FacilityGroup,
    Frame,
    Registrant,
    RegistrantDetails,
    Resource,
    ResourcePart,
    Timetable,
    UseRules,
    UseRulesDraft,
)
from todoke.bookings.slots import Span
from todoke.japanese.calendar import today
from todoke.organization.models import Department

FRAMES = (("午前", time(9), time(12)), ("午後", time(13), time(17)), ("夜間", time(18), time(21)))
DOCUMENT: dict[str, Any] = {
    "basis": "見本区立体育施設条例(見本)",
    "applications": [{"kind": "", "opens": "2か月前の1日", "closes": "当日"}],
    "payments": [{"kind": "", "days_after": 7}],
    "fees": [{"kind": "", "frame": name, "yen": 2000} for name, _, _ in FRAMES],
    "refunds": [{"kind": "", "until": "7日前", "percent": 100}],
    "bundles": True,
    "resident_weight": 2,
    "loser_weight": 1,
    "most_entries": 3,
}


def halls() -> Department:
    return cast.department("スポーツ振興課", "3050")


def sports_halls(section: Department | None = None, code: str = "sports") -> FacilityGroup:
    section = section or halls()
    group, made = FacilityGroup.objects.get_or_create(code=code, defaults={"name": "体育館", "department": section})
    if made:
        timetable = Timetable.objects.create(group=group, starts_on=cast.LONG_AGO)
        Frame.objects.bulk_create(
            Frame(timetable=timetable, weekday=weekday, name=name, opens=opens, closes=closes)
            for weekday in range(7) for name, opens, closes in FRAMES
        )  # fmt: skip
    return group


def court(group: FacilityGroup | None = None, code: str = "hall", halves: int = 2) -> BookableUnit:
    """A hall whose halves can be taken apart; returns the whole of it."""
    group = group or sports_halls()
    hall = Resource.objects.create(
        code=code, name="中央体育館", kind="court", department=group.department, group=group, address="中央二丁目"
    )
    parts = [ResourcePart.objects.create(resource=hall, code=f"{n}", name=f"半面{n}") for n in range(1, halves + 1)]
    for part in parts:
        half = BookableUnit.objects.create(
            resource=hall, code=f"{code}-{part.code}", name=f"半面{part.code}", capacity=20, step_free=True
        )
        half.parts.set([part])
    whole = BookableUnit.objects.create(resource=hall, code=f"{code}-all", name="全面", capacity=50, step_free=True)
    whole.parts.set(parts)
    return whole


def half(whole: BookableUnit, number: int = 1) -> BookableUnit:
    return BookableUnit.objects.get(code=whole.code.replace("-all", f"-{number}"))


def parts_of(unit: BookableUnit) -> list[ResourcePart]:
    return list(unit.parts.select_related("resource"))


def day_ahead(days: int = 30) -> date:
    return today() + timedelta(days=days)


def frame(days: int = 30, number: int = 0) -> Span:
    """The morning, afternoon or evening of a day to come."""
    _, opens, closes = FRAMES[number]
    return Span.on(day_ahead(days), opens, closes)


def details(unit: BookableUnit, registrant: Registrant | None = None, **more: Any) -> BookingDetails:
    given = {"contact_name": "山田 花子", "contact_email": "hanako@example.jp", "purpose": "バドミントン", **more}
    return BookingDetails(unit.resource.department, unit, registrant, **given)


def hold(unit: BookableUnit, span: Span, by: User, *, until: datetime | None = None, **more: Any) -> Booking:
    return Booking.take(parts_of(unit), span, details(unit, **more), until=until, by=by)


def manager(section: Department | None = None, email: str = "hall@example.lg.jp") -> User:
    return cast.staff("田村 施設", email, "clerk", section or halls())


def hall_chief() -> User:
    return cast.staff("原 課長", "hallchief@example.lg.jp", "chief", halls())


def club(
    group: FacilityGroup, by: User, *, account: User | None = None, name: str = "羽根の会", origin: str = "resident"
) -> Registrant:
    member = RegistrantDetails("group", name, origin, account, "club@example.jp", "03-0000-0000")
    return Registrant.register(group, member, verified_by="構成員名簿", valid_until=day_ahead(700), by=by)


def rules(group: FacilityGroup, by: User, other: User, **more: Any) -> UseRules:
    draft = UseRulesDraft.edit(group, {**DOCUMENT, **more}, starts_on=cast.LONG_AGO, by=by)
    return draft.publish(by=other)
