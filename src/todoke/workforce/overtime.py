"""Overtime 時間外勤務: minutes of a day and of a month by the buckets of a premium rule; pure, Japan's clock.

Minutes count from the midnight at which a work day begins, so that a night shift lies on the day that began it; the
kind of a minute is that of the calendar day on which it lies. What was not ordered is a gap, never dropped.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cache
from typing import NamedTuple

from django.db.models import TextChoices

from todoke.workforce.clock_intervals import ClockReading
from todoke.workforce.minute_spans import MinuteSpan, latest, minutes_in, united, within, without

DAY = 24 * 60
GAP = 30
"""Minutes from which a difference between the record and the orders is explained (乖離)."""


class DayKind(TextChoices):
    """日の種類: of a calendar day, and of minutes of a moved working day beyond the week's hours."""

    WORKING = "working", "勤務日"
    WEEKLY_REST = "weekly_rest", "週休日"
    HOLIDAY = "holiday", "休日"
    SUBSTITUTED = "substituted", "振替"


class Bucket(NamedTuple):
    """割増の区分: kind of the day, whether at night, and whether beyond the monthly line (超60)."""

    kind: str
    night: bool
    beyond: bool

    @property
    def label(self) -> str:
        """Return 「週休日・深夜(60時間超)」."""
        return f"{DayKind(self.kind).label}{'・深夜' if self.night else ''}{'(60時間超)' if self.beyond else ''}"


@dataclass(frozen=True)
class PremiumTerms:
    """割増の定め: which kinds run up to the line, the line and the night in minutes, and how a month is rounded.

    ``night`` is (22:00, 29:00) for 22–5; ``unit`` minutes are rounded up from ``up_from`` on, else down.
    """

    counted: frozenset[str]
    line: int
    night: MinuteSpan
    unit: int
    up_from: int

    def rounded(self, minutes: int) -> int:
        """Return the minutes of a bucket as they are closed (月の端数)."""
        whole, rest = divmod(minutes, self.unit)
        return (whole + (rest >= self.up_from)) * self.unit


@dataclass(frozen=True)
class DayFacts:
    """勤務日の記録: what a day's record says; spans in minutes of the work day.

    ``kinds`` are those of the day and of the next one. ``scheduled`` is empty on a day off. ``rest`` is the pattern's
    break, taken off where nobody clocked one. ``substitute_excess`` are minutes of a moved working day beyond the week.
    """

    on: date
    kinds: tuple[str, str]
    clock: ClockReading = field(default_factory=ClockReading)
    scheduled: tuple[MinuteSpan, ...] = ()
    rest: tuple[MinuteSpan, ...] = ()
    ordered: tuple[MinuteSpan, ...] = ()
    leave: tuple[MinuteSpan, ...] = ()
    substitute_excess: int = 0


class OvertimePiece(NamedTuple):
    """時間外の部分: a span of one kind, day or night."""

    start: int
    end: int
    kind: str
    night: bool


@dataclass(frozen=True)
class DayResult:
    """勤務日の計算: minutes of one day. ``gap`` is the record less schedule and orders, leave counted as worked."""

    on: date
    worked: int
    scheduled: int
    leave: int
    ordered: int
    gap: int
    pieces: tuple[OvertimePiece, ...] = ()
    missing: tuple[str, ...] = ()

    @property
    def overtime(self) -> int:
        """Minutes beyond the schedule that were ordered and worked."""
        return sum(piece.end - piece.start for piece in self.pieces if piece.kind != DayKind.SUBSTITUTED)

    @property
    def has_gap(self) -> bool:
        """Whether the difference must be explained (乖離)."""
        return abs(self.gap) >= GAP


@dataclass
class MonthResult:
    """月の計算: the days, the raw minutes of each bucket, and as they are rounded once."""

    days: list[DayResult]
    raw: dict[Bucket, int] = field(default_factory=dict)
    by_day: dict[date, dict[Bucket, int]] = field(default_factory=dict)
    rounded: dict[Bucket, int] = field(default_factory=dict)


def day_result(facts: DayFacts, night: MinuteSpan) -> DayResult:
    """Return the minutes of one work day."""
    present = without(facts.clock.present, facts.clock.breaks or facts.rest)
    scheduled = without(united(facts.scheduled), facts.rest)
    ordered = without(united(facts.ordered), scheduled)
    leave = without(within(united(facts.leave), scheduled), present)
    over = without(within(present, ordered), scheduled)
    pieces = [*_pieces(over, facts.kinds, night), *_moved(present, scheduled, facts, night)]
    worked = minutes_in(present)
    expected = minutes_in(scheduled) + minutes_in(ordered)
    return DayResult(
        facts.on, worked, minutes_in(scheduled), minutes_in(leave), minutes_in(ordered),
        worked + minutes_in(leave) - expected, tuple(sorted(pieces)), facts.clock.missing,
    )  # fmt: skip


def _moved(
    present: Sequence[MinuteSpan], scheduled: Sequence[MinuteSpan], facts: DayFacts, night: MinuteSpan
) -> Iterator[OvertimePiece]:
    """Yield the last minutes of a moved working day, those beyond the week's hours (振替)."""
    kinds = (DayKind.SUBSTITUTED, DayKind.SUBSTITUTED)
    return _pieces(latest(within(present, scheduled), facts.substitute_excess), kinds, night)


def _pieces(spans: Sequence[MinuteSpan], kinds: tuple[str, str], night: MinuteSpan) -> Iterator[OvertimePiece]:
    """Yield spans cut at midnight and at the ends of the night."""
    if not spans:
        return
    nights = _nights(night)
    for place, kind in enumerate(kinds):
        calendar = [(place * DAY, (place + 1) * DAY)]
        here = within(spans, calendar)
        yield from (OvertimePiece(*span, kind, night=True) for span in within(here, nights))
        yield from (OvertimePiece(*span, kind, night=False) for span in without(here, nights))


@cache
def _nights(night: MinuteSpan) -> list[MinuteSpan]:
    """Return the nights that meet a work day and the day after it."""
    return united((night[0] + shift, night[1] + shift) for shift in (-DAY, 0, DAY))


def month_result(days: Iterable[DayResult], terms: PremiumTerms) -> MonthResult:
    """Return the buckets of a month: in order of time, counted minutes run up to the line, what follows is beyond."""
    result, used = MonthResult(sorted(days, key=lambda day: day.on)), 0
    for day in result.days:
        for piece in day.pieces:
            minutes = piece.end - piece.start
            below = min(minutes, max(0, terms.line - used)) if piece.kind in terms.counted else minutes
            used += minutes if piece.kind in terms.counted else 0
            for part, beyond in ((below, False), (minutes - below, True)):
                if part:
                    bucket = Bucket(piece.kind, piece.night, beyond)
                    result.raw[bucket] = result.raw.get(bucket, 0) + part
                    of_day = result.by_day.setdefault(day.on, {})
                    of_day[bucket] = of_day.get(bucket, 0) + part
    result.rounded = {bucket: terms.rounded(minutes) for bucket, minutes in result.raw.items()}
    return result


def substitute_excess(scheduled: Mapping[date, int], moved: Iterable[date], week: int) -> dict[date, int]:
    """Return by moved working day the scheduled minutes of its week (from Sunday) beyond ``week`` minutes.

    Of two moved days of a week the later one bears the excess first, up to its own schedule.
    """
    found: dict[date, int] = {}
    taken: dict[date, int] = {}
    for day in sorted(moved, reverse=True):
        first = day - timedelta(days=(day.weekday() + 1) % 7)
        total = sum(scheduled.get(first + timedelta(days=shift), 0) for shift in range(7))
        over = min(max(0, total - week - taken.get(first, 0)), scheduled.get(day, 0))
        taken[first] = taken.get(first, 0) + over
        if over:
            found[day] = over
    return found
