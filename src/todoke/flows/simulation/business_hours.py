"""Business hours 勤務時間: open intervals as a cumulative table, in minutes since midnight of day 0 in Japan."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

from todoke.japanese.calendar import is_office_day

MINUTES_PER_DAY = 1440
Shifts = tuple[tuple[int, int], ...]
OFFICE_SHIFTS: Shifts = ((510, 720), (780, 1035))


@dataclass(frozen=True)
class WorkCalendar:
    """勤務表: open intervals in order: their starts, their ends, and the open minutes before each."""

    starts: tuple[float, ...]
    ends: tuple[float, ...]
    before: tuple[float, ...]

    @property
    def total(self) -> float:
        """Return all open minutes."""
        return self.before[-1] + self.ends[-1] - self.starts[-1] if self.starts else 0.0


def calendar_from_intervals(stretches: Iterable[tuple[float, float]]) -> WorkCalendar:
    """Return the calendar of intervals that are in order; intervals that touch are merged."""
    starts: list[float] = []
    ends: list[float] = []
    for start, end in stretches:
        if ends and start <= ends[-1]:
            ends[-1] = max(end, ends[-1])
        elif end > start:
            starts.append(float(start))
            ends.append(float(end))
    before, worked = [], 0.0
    for start, end in zip(starts, ends, strict=True):
        before.append(worked)
        worked += end - start
    return WorkCalendar(tuple(starts), tuple(ends), tuple(before))


@lru_cache(maxsize=64)
def office_days(first: date, days: int) -> tuple[bool, ...]:
    """Return for each day from ``first`` whether the office is open (no weekend, national holiday or year end)."""
    return tuple(is_office_day(first + timedelta(days=number)) for number in range(days))


def office_calendar(
    first: date,
    days: int,
    shifts: Shifts = OFFICE_SHIFTS,
    absent: Callable[[int], bool] | None = None,
    overtime: int = 0,
) -> WorkCalendar:
    """Return the calendar of one person: ``shifts`` (minutes of the day) on office days, except absences.

    ``absent`` tells for the number of a day whether the person is away; ``overtime`` lengthens the last shift.
    """
    stretches = []
    for number, is_open in enumerate(office_days(first, days)):
        if is_open and not (absent and absent(number)):
            day = [(number * MINUTES_PER_DAY + start, number * MINUTES_PER_DAY + end) for start, end in shifts]
            if overtime and day:
                day[-1] = (day[-1][0], day[-1][1] + overtime)
            stretches += day
    return calendar_from_intervals(stretches)


def overtime_calendar(first: date, days: int, shifts: Shifts = OFFICE_SHIFTS, overtime: int = 0) -> WorkCalendar:
    """Return the calendar of the ``overtime`` minutes that follow the last shift on office days."""
    if not overtime:
        return WorkCalendar((), (), ())
    last = max(end for _, end in shifts)
    opened = [number for number, is_open in enumerate(office_days(first, days)) if is_open]
    return calendar_from_intervals(
        (number * MINUTES_PER_DAY + last, number * MINUTES_PER_DAY + last + overtime) for number in opened
    )
