"""Forecast 見込み: where the present pace leads, and what pace is needed to reach a target. Pure arithmetic."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

DAYS_PER_MONTH = 365.25 / 12


@dataclass(frozen=True)
class Point:
    """A value on a day (実績)."""

    on: date
    value: float


@dataclass(frozen=True)
class Need:
    """What is needed (必要な伸び): by month, in the unit of the numerator, against the present pace."""

    remaining: float
    months: float
    monthly: float
    pace: float | None
    forecast: float | None

    @property
    def is_reached(self) -> bool:
        return self.remaining <= 0


def months_between(start: date, end: date) -> float:
    """Return the months between two days: whole months counted by the calendar, the rest by days."""
    whole = (end.year - start.year) * 12 + end.month - start.month
    return max(0.0, whole + (end.day - start.day) / DAYS_PER_MONTH)


def pace_of(points: Sequence[Point], months: int = 12) -> float | None:
    """Return the growth a month over the last ``months`` (at least two points), or None."""
    if len(points) < 2:
        return None
    last = points[-1]
    first = next((p for p in points if months_between(p.on, last.on) <= months), points[-2])
    if first is last:
        first = points[-2]
    span = months_between(first.on, last.on)
    return (last.value - first.value) / span if span else None


def need(points: Sequence[Point], target: float, due: date) -> Need | None:
    """Return what a month must bring from the last point on, to reach a target by a day."""
    if not points:
        return None
    last = points[-1]
    months = months_between(last.on, due)
    remaining = target - last.value
    monthly = remaining / months if months else math.inf if remaining > 0 else 0.0
    pace = pace_of(points)
    forecast = last.value + pace * months if pace is not None else None
    return Need(remaining, months, monthly, pace, forecast)


def cards_for(rate: float, population: int) -> int:
    """Return how many cards make a rate in percent of a population (rounded up)."""
    return math.ceil(round(rate * population / 100, 6))
