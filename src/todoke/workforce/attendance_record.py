"""Attendance record 勤怠の記録: the days of people in a month as the pure reckoning takes them; seven queries for any
number of people.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Q

from todoke.japanese.calendar import is_office_day, start_of_day, today
from todoke.runtime.links import path_to
from todoke.runtime.refusals import NotYet
from todoke.workforce.clock_intervals import ClockReading, Stamp, read_clock
from todoke.workforce.models import (
    ClockEvent,
    LeaveDay,
    MonthSheet,
    OvertimeOrder,
    OvertimePremiumRule,
    WorkDay,
    WorkPattern,
)
from todoke.workforce.overtime import (
    DayFacts,
    DayKind,
    MonthResult,
    PremiumTerms,
    day_result,
    month_result,
    substitute_excess,
)

ONE_MINUTE = timedelta(minutes=1)
ONE_DAY = timedelta(days=1)
WEEK = timedelta(days=7)


@dataclass
class PersonMonth:
    """一人の月: the sheet of a person with what was reckoned, and the orders that lie ahead."""

    sheet: MonthSheet
    result: MonthResult
    facts: dict[date, DayFacts]
    days: dict[date, WorkDay]

    def unexplained(self) -> list[date]:
        """Return the days whose gap nobody explained yet."""
        days = [day.on for day in self.result.days if day.has_gap]
        return [on for on in days if on not in self.days or not self.days[on].gap_reason]

    def open_days(self) -> list[date]:
        """Return the days on which an event is missing."""
        return [day.on for day in self.result.days if day.missing]

    def minutes(self, *, with_holidays: bool) -> int:
        """Return the minutes of overtime, of ordered hours worked; moved hours count."""
        left_out = set() if with_holidays else {DayKind.HOLIDAY}
        return sum(minutes for bucket, minutes in self.result.raw.items() if bucket.kind not in left_out)


def calendar_kind(day: date) -> str:
    """Return the kind of a day by the calendar: weekends rest, public holidays and the turn of the year are off."""
    if day.weekday() >= 5:
        return DayKind.WEEKLY_REST
    return DayKind.WORKING if is_office_day(day) else DayKind.HOLIDAY


def premium_terms(on: date) -> PremiumTerms:
    """Return the terms of the premium rule of a day. Raises NotYet where none is registered."""
    rule = OvertimePremiumRule.objects.in_force(on)
    if rule is None:
        said = "割増の定めが、まだ登録されていません。人事担当に、「勤怠の定め」のページで登録を頼んでください。"
        raise NotYet(said, link=path_to("office:attendance-rules"))
    return rule.terms


def person_months(
    sheets: Sequence[MonthSheet], *, planned: bool = False, also: OvertimeOrder | None = None
) -> list[PersonMonth]:
    """Return the months of sheets of one month, in their order, up to today.

    With ``planned`` the days from today on are taken as ordered; ``also`` is an order that is tried before it is given.
    Raises NotYet where no premium rule is registered.
    """
    if not sheets:
        return []
    terms = premium_terms(sheets[0].month)
    record = MonthRecord(sheets[0].month, sheets[0].last_day, [sheet.user_id for sheet in sheets], also=also)
    return [_of_person(sheet, record, terms, planned=planned) for sheet in sheets]


Rows = Mapping[int, Mapping[date, list[Any]]]


def _by_day(rows: Iterable[tuple[int, date, Any]]) -> Rows:
    """Return what rows of person, day and value say, by person and day."""
    found: dict[int, dict[date, list[Any]]] = {}
    for user_id, on, value in rows:
        found.setdefault(user_id, {}).setdefault(on, []).append(value)
    return found


def _minute(on: date, at: datetime) -> int:
    """Return the whole minutes from the midnight at which a work day begins."""
    return int((at - start_of_day(on)) / ONE_MINUTE)


class MonthRecord:
    """月の記録: what was written of people in a month, and their days from the week before it, by person and day."""

    def __init__(self, first: date, last: date, people: Iterable[int], *, also: OvertimeOrder | None = None) -> None:
        self.first, self.last = first, last
        users = list(people)
        span: dict[str, Any] = {"user__in": users, "on__range": (first, last)}
        events = ClockEvent.objects.standing().filter(**span).values_list("user_id", "on", "at", "kind")
        self.events = _by_day((user, on, Stamp(_minute(on, at), kind)) for user, on, at, kind in events)
        given = Q(status=OvertimeOrder.Status.ORDERED) | Q(pk=also.pk if also else None)
        orders = OvertimeOrder.objects.filter(given, **span).values_list("user_id", "on", "starts_at", "ends_at")
        self.orders = _by_day((user, on, (_minute(on, start), _minute(on, end))) for user, on, start, end in orders)
        leave = LeaveDay.objects.filter(status=LeaveDay.Status.APPROVED, **span)
        self.leave = _by_day((row.user_id, row.on, row.span) for row in leave)
        days = WorkDay.objects.filter(user__in=users, on__range=(first - WEEK, last))
        self.days = _by_day((row.user_id, row.on, row) for row in days.select_related("pattern"))
        self.patterns = list(WorkPattern.objects.filter(usual=True, valid_from__lte=last).order_by("-valid_from"))

    def day(self, user_id: int, on: date) -> WorkDay | None:
        """Return what was said or arranged of a day."""
        return next(iter(self.days.get(user_id, {}).get(on, [])), None)

    def kind(self, user_id: int, on: date) -> str:
        """Return the kind of a day, as it was arranged or by the calendar."""
        said = self.day(user_id, on)
        return said.kind if said is not None and said.kind else calendar_kind(on)

    def pattern(self, sheet: MonthSheet, on: date) -> WorkPattern | None:
        """Return the hours of a day: its own, else those of the section, else the office's; the latest begun."""
        said = self.day(sheet.user_id, on)
        if said is not None and said.pattern is not None:
            return said.pattern
        begun = [each for each in self.patterns if each.valid_from <= on]
        own = [each for each in begun if each.department_id == sheet.department_id]
        return next(iter([*own, *(each for each in begun if each.department_id is None)]), None)

    def facts(self, sheet: MonthSheet, on: date) -> DayFacts:
        """Return what the record says of a day; a moved working day's excess is not in it yet."""
        user, pattern = sheet.user_id, self.pattern(sheet, on)
        kinds = self.kind(user, on), self.kind(user, on + ONE_DAY)
        hours = pattern if kinds[0] == DayKind.WORKING else None
        return DayFacts(
            on, kinds, read_clock(self.events.get(user, {}).get(on, [])),
            (hours.hours,) if hours else (), (pattern.rest,) if pattern else (),
            tuple(self.orders.get(user, {}).get(on, [])), tuple(self.leave.get(user, {}).get(on, [])),
        )  # fmt: skip


def _of_person(sheet: MonthSheet, record: MonthRecord, terms: PremiumTerms, *, planned: bool) -> PersonMonth:
    spread = (record.last - record.first).days + 1
    month = [record.first + ONE_DAY * ahead for ahead in range(spread)]
    facts = {on: record.facts(sheet, on) for on in month}
    facts |= _with_excess(sheet, record, facts)
    now = today()
    told = {
        on: _as_planned(facts[on], now) if planned else facts[on] for on in month if planned or _is_told(facts[on], now)
    }
    result = month_result([day_result(each, terms.night) for each in told.values()], terms)
    days = {on: day for on in month if (day := record.day(sheet.user_id, on)) is not None}
    return PersonMonth(sheet, result, facts, days)


def _is_told(facts: DayFacts, now: date) -> bool:
    """Whether a day is over, or has begun and is the last one or has an event."""
    if facts.on != now:
        return facts.on < now
    return bool(facts.clock.present or facts.clock.missing) or (now + ONE_DAY).day == 1


def _as_planned(facts: DayFacts, now: date) -> DayFacts:
    """Return a day from today on as if its schedule and its orders were worked."""
    if facts.on < now:
        return facts
    return replace(facts, clock=ClockReading((*facts.scheduled, *facts.ordered)))


def _with_excess(sheet: MonthSheet, record: MonthRecord, facts: Mapping[date, DayFacts]) -> dict[date, DayFacts]:
    """Return the moved working days with the minutes beyond the hours of their week."""
    moved = [on for on in facts if (day := record.day(sheet.user_id, on)) is not None and day.moved_for is not None]
    if not moved:
        return {}
    week_before = [record.first - ONE_DAY * back for back in range(7, 0, -1)]
    patterns = {on: record.pattern(sheet, on) for on in [*week_before, *facts]}
    scheduled = {
        on: pattern.minutes
        for on, pattern in patterns.items()
        if pattern and record.kind(sheet.user_id, on) == DayKind.WORKING
    }
    week = next((pattern.week_minutes for on in moved if (pattern := patterns[on]) is not None), 0)
    found = substitute_excess(scheduled, moved, week)
    return {on: replace(facts[on], substitute_excess=minutes) for on, minutes in found.items()}
