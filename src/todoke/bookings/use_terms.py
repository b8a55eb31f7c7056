"""Use terms 利用規則の定め: deadlines, fees, refunds and limits of a group's facilities as data; pure."""

import calendar
import re
from dataclasses import dataclass
from datetime import date, timedelta

from todoke.runtime.refusals import Refused

_DISTANCE = re.compile(r"(?:(\d{1,3})(日|週間|か月|年)前(の1日)?|(前日|当日))")
ANY = ""
"""区分 of a rule that holds for everything for which no other does."""


@dataclass(frozen=True)
class Distance:
    """期日: so many days or months before the day of use, or the first day of that month."""

    days: int = 0
    months: int = 0
    first_of_month: bool = False

    @classmethod
    def read(cls, text: str) -> "Distance":
        """Parse 60日前, 2週間前, 2か月前, 1年前, 1か月前の1日, 前日 or 当日. Raises Refused for anything else."""
        found = _DISTANCE.fullmatch(text.strip())
        if found is None:
            raise Refused(
                f"期日「{text}」が読めません。「60日前」「2か月前」「1か月前の1日」「前日」「当日」のように書いてください。"
            )
        if found[4]:
            return cls(days=int(found[4] == "前日"))
        number, first = int(found[1]), bool(found[3])
        if found[2] in {"日", "週間"}:
            if first:
                raise Refused(f"期日「{text}」が読めません。「の1日」は、月で数えるときに書けます。")
            return cls(days=number * (7 if found[2] == "週間" else 1))
        return cls(months=number * (12 if found[2] == "年" else 1), first_of_month=first)

    def day(self, use_on: date) -> date:
        """Return the day itself; a month that lacks the day has its last one."""
        if not self.months:
            return use_on - timedelta(days=self.days)
        month = use_on.year * 12 + use_on.month - 1 - self.months
        year, number = divmod(month, 12)
        last = calendar.monthrange(year, number + 1)[1]
        return date(year, number + 1, 1 if self.first_of_month else min(use_on.day, last))

    def __str__(self) -> str:
        if self.months:
            return f"{self.months}か月前{'の1日' if self.first_of_month else ''}"
        return {0: "当日", 1: "前日"}.get(self.days, f"{self.days}日前")


@dataclass(frozen=True)
class Application:
    """申込期間: who may book a kind of unit from when until when, both days included."""

    kind: str
    opens: Distance
    closes: Distance
    origin: str = ""


@dataclass(frozen=True)
class Refund:
    """還付の割合: what share of the fee comes back up to and including a day."""

    kind: str
    until: Distance
    percent: int


@dataclass(frozen=True)
class Payment:
    """納期限: the earliest of so many days after the booking, a distance to the use, and a day of a month."""

    kind: str = ANY
    days_after: int | None = None
    before: Distance | None = None
    day_of_month: int | None = None


@dataclass(frozen=True)
class Fee:
    """使用料: yen for a frame of a kind of unit, for residents, others, or both."""

    kind: str
    frame: str
    yen: int
    origin: str = ""


@dataclass(frozen=True)
class Penalty:
    """利用の制限の定め: what a late cancellation or an absence costs, in points, and what follows at the limit.

    ``since`` is the first day of a late cancellation. The limit begins the day after, or with the next month, and
    lasts days or months. ``payment_days`` is the term of payment meanwhile.
    """

    ground: str
    reach: str
    since: Distance = Distance()
    points: int = 1
    limit: int = 1
    next_month: bool = False
    days: int = 0
    months: int = 0
    payment_days: int | None = None


@dataclass(frozen=True)
class UseTerms:
    """利用規則の定め: everything that decides about a booking; the first row that fits decides."""

    basis: str
    applications: tuple[Application, ...] = ()
    payments: tuple[Payment, ...] = ()
    fees: tuple[Fee, ...] = ()
    refunds: tuple[Refund, ...] = ()
    penalties: tuple[Penalty, ...] = ()
    least_members: int = 0
    resident_percent: int = 0
    valid_years: int = 3
    most_a_day: int = 0
    most_a_month: int = 0
    most_entries: int = 0
    resident_weight: int = 1
    loser_weight: int = 0
    bundles: bool = False
    loud_beside: tuple[tuple[str, str], ...] = ()

    def application(self, kind: str, origin: str = "") -> Application | None:
        """Return the row about when a kind of unit is booked."""
        rows = [row for row in self.applications if row.kind in {kind, ANY} and row.origin in {origin, ""}]
        return min(rows, key=lambda row: (row.kind == ANY, row.origin == ""), default=None)

    def is_open(self, kind: str, use_on: date, on: date, origin: str = "") -> bool:
        """Tell whether a unit may be booked on a day for a day of use."""
        row = self.application(kind, origin)
        return on <= use_on if row is None else row.opens.day(use_on) <= on <= row.closes.day(use_on)

    def refund_percent(self, kind: str, use_on: date, cancelled_on: date) -> int:
        """Return the share of the fee that a cancellation on a day gives back; 0 where no row reaches."""
        rows = [row for row in self.refunds if row.kind == kind] or [row for row in self.refunds if row.kind == ANY]
        return max((row.percent for row in rows if cancelled_on <= row.until.day(use_on)), default=0)

    def payment_due(self, kind: str, booked_on: date, use_on: date, *, limited: int | None = None) -> date:
        """Return the last day to pay; ``limited`` are the days after the booking that a penalty leaves.

        A day of the month is the next one from the booking on. It is never after the use, nor before the booking.
        """
        rows = [row for row in self.payments if row.kind == kind] or [row for row in self.payments if row.kind == ANY]
        days = [use_on]
        for row in rows[:1]:
            days += [booked_on + timedelta(days=row.days_after)] if row.days_after is not None else []
            days += [row.before.day(use_on)] if row.before else []
            days += [_next_day_of_month(booked_on, row.day_of_month)] if row.day_of_month else []
        days += [booked_on + timedelta(days=limited)] if limited is not None else []
        return max(min(days), booked_on)

    def fee(self, kind: str, frame: str, origin: str, reduced_percent: int = 0) -> int | None:
        """Return the yen of a frame after the reduction, cut to ten; None where the table has no row."""
        rows = [row for row in self.fees if (row.kind, row.frame) == (kind, frame) and row.origin in {origin, ""}]
        row = min(rows, key=lambda one: one.origin == "", default=None)
        if row is None:
            return None
        return row.yen if not reduced_percent else row.yen * (100 - reduced_percent) // 100 // 10 * 10

    def penalty_for(self, ground: str, use_on: date, happened_on: date) -> Penalty | None:
        """Return the row that a late cancellation or an absence falls under; None where it costs nothing."""
        rows = (row for row in self.penalties if row.ground == ground)
        return next((row for row in rows if ground != "late" or happened_on >= row.since.day(use_on)), None)

    def weight(self, origin: str, lost_last: bool) -> int:
        """Return the whole weight of an entry in a draw."""
        return (self.resident_weight if origin == "resident" else 1) + (self.loser_weight if lost_last else 0)


def penalty_span(row: Penalty, happened_on: date) -> tuple[date, date]:
    """Return the first and the last day of the limit that follows."""
    first = happened_on + timedelta(days=1)
    if row.next_month:
        first = Distance(months=-1, first_of_month=True).day(happened_on)
    if row.months:
        return first, Distance(months=-row.months).day(first) - timedelta(days=1)
    return first, first + timedelta(days=row.days - 1)


def _next_day_of_month(on: date, day: int) -> date:
    this = on.replace(day=min(day, calendar.monthrange(on.year, on.month)[1]))
    return this if this >= on else Distance(months=-1).day(on.replace(day=1)) + timedelta(days=day - 1)
