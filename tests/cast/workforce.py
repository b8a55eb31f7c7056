"""A section at work: its clerk, chief and director, personnel, the rules of the house, and a month that is over."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from tests import cast
from todoke.accounts.models import User
from todoke.japanese.calendar import JAPAN, today
from todoke.organization.models import Department, Post
from todoke.workforce.attendance_record import calendar_kind
from todoke.workforce.models import (
    ClockEvent,
    LeaveKind,
    MonthSheet,
    OvertimeLimitRule,
    OvertimeOrder,
    OvertimePremiumRule,
    StaffNumber,
    WorkPattern,
)
from todoke.workforce.overtime import DayKind
from todoke.workforce.overtime_limits import LimitKind, LimitScope, LimitTerms, month_before

ORDINARY, SPECIAL, ALWAYS = LimitScope.ORDINARY, LimitScope.SPECIAL, LimitScope.ALWAYS
LIMITS = (
    LimitTerms(LimitKind.MONTH, ORDINARY, 45 * 60, with_holidays=False),
    LimitTerms(LimitKind.YEAR, ORDINARY, 360 * 60, with_holidays=False),
    LimitTerms(LimitKind.MONTH, SPECIAL, 100 * 60, with_holidays=True, below=True),
    LimitTerms(LimitKind.MEAN, ALWAYS, 80 * 60, with_holidays=True),
)
LONG_AGO = date(2020, 4, 1)


@dataclass
class Section:
    """A section with its people."""

    department: Department
    clerk: User
    chief: User
    director: User
    personnel: User


def section() -> Section:
    """A bureau with one section, and personnel elsewhere; everybody in the section has a number."""
    bureau = cast.department("区民部", "1000")
    here = cast.department("戸籍住民課", "1010")
    here.parent = bureau
    here.save()
    made = Section(
        here, cast.clerk(here), cast.chief(here),
        cast.staff("小林 部長", "director@example.lg.jp", Post.Role.DIRECTOR, bureau),
        cast.staff("人事 太郎", "personnel@example.lg.jp", Post.Role.PERSONNEL, cast.department("人事課", "2002")),
    )  # fmt: skip
    for number, user in enumerate((made.clerk, made.chief), 1):
        StaffNumber.objects.create(user=user, number=f"00{number}")
    return made


def rules(by: User, *, counts_weekly_rest: bool = True) -> None:
    """The hours, premiums, limits and leave of an example office."""
    hours = {"starts": time(8, 30), "ends": time(17, 15), "rest_from": time(12), "rest_until": time(13)}
    WorkPattern.establish(by=by, valid_from=LONG_AGO, source="規則(例)", **hours)
    OvertimePremiumRule.establish(by=by, valid_from=LONG_AGO, source="規則(例)", counts_weekly_rest=counts_weekly_rest)
    OvertimeLimitRule.establish(LIMITS, by=by, basis="ordinance", source="規則(例)", valid_from=LONG_AGO)
    LeaveKind.register("annual", "年次有給休暇", "規則(例)", by=by)


def last_month() -> date:
    """The first day of the month that is over."""
    return month_before(today().replace(day=1))


def office_days(month: date) -> list[date]:
    """The working days of a month."""
    days = [month + timedelta(days=n) for n in range(31)]
    return [day for day in days if day.month == month.month and calendar_kind(day) == DayKind.WORKING]


def at(day: date, hour: int, minute: int = 0) -> datetime:
    """A time of a day in Japan; an hour from 24 on lies on the next day."""
    return datetime.combine(day, time(), JAPAN) + timedelta(hours=hour, minutes=minute)


def note(user: User, kind: str, moment: datetime, on: date | None = None) -> ClockEvent:
    """An event as a card reader brings it."""
    key = f"{user.pk}-{kind}-{moment.isoformat()}"
    return ClockEvent.note(user, kind, moment, source=ClockEvent.Source.READER, key=key, on=on)


def worked(user: User, day: date, start: tuple[int, int] = (8, 30), end: tuple[int, int] = (17, 15)) -> None:
    """Somebody came and went."""
    note(user, "in", at(day, *start))
    note(user, "out", at(day, *end), on=day)


def full_month(user: User, month: date | None = None) -> MonthSheet:
    """Every working day of a month as it should be."""
    month = month or last_month()
    for day in office_days(month):
        worked(user, day)
    return MonthSheet.objects.get(user=user, month=month)


def ordered(user: User, day: date, start: tuple[int, int], end: tuple[int, int]) -> OvertimeOrder:
    """A request for overtime, afterwards where the day is over."""
    return OvertimeOrder.request(
        user, at(day, *start), at(day, *end), "窓口の延長", on=day, by=user, afterwards_reason="急な来庁のため"
    )
