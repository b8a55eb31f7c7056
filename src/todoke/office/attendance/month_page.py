"""Month page 月の頁: one person's month as a table of days, with what is left before the next seal."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.utils.timezone import localtime

from todoke.accounts.models import User
from todoke.japanese.calendar import JAPAN
from todoke.workforce.attendance_record import PersonMonth, person_months
from todoke.workforce.models import ClockEvent, LeaveBalance, MonthSheet, WorkDay
from todoke.workforce.month_seals import defects_of
from todoke.workforce.overtime import DayKind, DayResult
from todoke.workforce.overtime_limits import in_hours
from todoke.workforce.overtime_orders import uses_now


@dataclass(frozen=True)
class DayRow:
    """日の行: one day as it is shown; ``replaced`` are events that a correction took the place of."""

    on: date
    kind: str
    result: DayResult | None
    events: tuple[ClockEvent, ...]
    replaced: tuple[ClockEvent, ...]
    said: WorkDay | None

    @property
    def clock(self) -> str:
        """The standing events as 「出勤 8:27 退勤 17:20」."""
        return " ".join(f"{each.get_kind_display()} {clock_words(each)}" for each in self.events)

    @property
    def old(self) -> str:
        """The replaced events, as they were."""
        return " ".join(f"{each.get_kind_display()} {clock_words(each)}" for each in self.replaced)

    @property
    def asks(self) -> bool:
        """Whether the person has to explain a gap."""
        return self.result is not None and self.result.has_gap and not (self.said and self.said.gap_reason)

    def hours(self, name: str) -> str:
        """Return minutes of the result in hours, nothing for zero."""
        minutes = getattr(self.result, name) if self.result else 0
        return in_hours(minutes) if minutes else ""

    worked = property(lambda self: self.hours("worked"))
    overtime = property(lambda self: self.hours("overtime"))
    leave = property(lambda self: self.hours("leave"))

    @property
    def gap(self) -> str:
        """The gap in hours where it has to be explained."""
        return in_hours(self.result.gap) if self.result and self.result.has_gap else ""


def clock_words(event: ClockEvent) -> str:
    """Return the time of an event as 8:27, with 翌 before what lies on the next day."""
    at = localtime(event.at, JAPAN)
    return f"{'翌' if at.date() > event.on else ''}{at.hour}:{at.minute:02}"


def month_page(sheet: MonthSheet, user: User) -> dict[str, Any]:
    """Return what the page of a month shows to a person who sees it. Raises NotYet without a premium rule."""
    [month] = person_months([sheet])
    may_approve = sheet.can_approve(user)
    return {
        "sheet": sheet, "days": _days(month), "is_own": user.pk == sheet.user_id, "may_approve": may_approve,
        "defects": defects_of(month) if sheet.status == MonthSheet.Status.OPEN else [],
        "sums": [(each.label, in_hours(raw), in_hours(month.result.rounded[each]))
                 for each, raw in sorted(month.result.raw.items())],
        "worked": in_hours(sum(day.worked for day in month.result.days)),
        "uses": [use for use in uses_now(sheet) if use.is_near or use.is_beyond] if may_approve else [],
        "elsewhere": list(ClockEvent.objects.two_places().filter(user=sheet.user_id, month=sheet.month))
        if may_approve else [],
        "balances": LeaveBalance.objects.filter(user=sheet.user_id).select_related("kind").order_by("-as_of")[:4],
    }  # fmt: skip


def _days(month: PersonMonth) -> list[DayRow]:
    sheet = month.sheet
    events = ClockEvent.objects.filter(user=sheet.user_id, month=sheet.month).select_related("replaced_by")
    standing, replaced = dict[date, list[ClockEvent]](), dict[date, list[ClockEvent]]()
    for event in events:
        if hasattr(event, "replaced_by"):
            replaced.setdefault(event.on, []).append(event)
        elif event.kind != ClockEvent.Kind.VOID:
            standing.setdefault(event.on, []).append(event)
    results = {day.on: day for day in month.result.days}
    count = (sheet.last_day - sheet.month).days + 1
    return [
        DayRow(
            on, DayKind(month.facts[on].kinds[0]).label, results.get(on), tuple(standing.get(on, ())),
            tuple(replaced.get(on, ())), month.days.get(on),
        )
        for on in (sheet.month + timedelta(days=ahead) for ahead in range(count))
    ]  # fmt: skip
