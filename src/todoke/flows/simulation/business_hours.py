"""Working time 勤務時間: when an office works, as a cumulative table; minutes since the first midnight in Japan."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

from todoke.japanese.calendar import is_office_day

DAY = 1440
Shifts = tuple[tuple[int, int], ...]
OFFICE: Shifts = ((510, 720), (780, 1035))


@dataclass(frozen=True)
class Calendar:
    """Open stretches of time: their starts, their ends, and the minutes worked before each."""

    starts: tuple[float, ...]
    ends: tuple[float, ...]
    before: tuple[float, ...]

    @property
    def total(self) -> float:
        return self.before[-1] + self.ends[-1] - self.starts[-1] if self.starts else 0.0


def calendar_of(stretches: Iterable[tuple[float, float]]) -> Calendar:
    """Make a calendar of stretches in order; stretches that touch become one."""
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
    return Calendar(tuple(starts), tuple(ends), tuple(before))


@lru_cache(maxsize=64)
def office_days(first: date, days: int) -> tuple[bool, ...]:
    """Tell for every day of a span whether the office is open (weekends, national holidays, end of year)."""
    return tuple(is_office_day(first + timedelta(days=number)) for number in range(days))


def office(
    first: date, days: int, shifts: Shifts = OFFICE, absent: Callable[[int], bool] | None = None, overtime: int = 0
) -> Calendar:
    """Return the calendar of one person: shifts on office days, without the days on which they are absent."""
    stretches = []
    for number, is_open in enumerate(office_days(first, days)):
        if is_open and not (absent and absent(number)):
            day = [(number * DAY + start, number * DAY + end) for start, end in shifts]
            if overtime and day:
                day[-1] = (day[-1][0], day[-1][1] + overtime)
            stretches += day
    return calendar_of(stretches)


def overtime_only(first: date, days: int, shifts: Shifts = OFFICE, overtime: int = 0) -> Calendar:
    """Return the minutes after the end of the last shift that count as overtime."""
    if not overtime:
        return Calendar((), (), ())
    last = max(end for _, end in shifts)
    opened = [number for number, is_open in enumerate(office_days(first, days)) if is_open]
    return calendar_of((number * DAY + last, number * DAY + last + overtime) for number in opened)
