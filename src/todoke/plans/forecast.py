"""Forecast 見込み: the value the present pace leads to, and the pace needed to reach a target. Pure arithmetic."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

DAYS_PER_MONTH = 365.25 / 12


@dataclass(frozen=True)
class DatedValue:
    """A value on a day (実績)."""

    on: date
    value: float


@dataclass(frozen=True)
class RequiredPace:
    """The growth per month that a target requires (必要な伸び), and the present pace."""

    remaining: float
    months: float
    monthly: float
    pace: float | None
    forecast: float | None

    @property
    def is_reached(self) -> bool:
        """Whether the target is reached already."""
        return self.remaining <= 0


def months_between(start: date, end: date) -> float:
    """Return the months between two days: whole calendar months, the rest by days."""
    whole = (end.year - start.year) * 12 + end.month - start.month
    return max(0.0, whole + (end.day - start.day) / DAYS_PER_MONTH)


def monthly_pace(points: Sequence[DatedValue], months: int = 12) -> float | None:
    """Return the growth per month over the last ``months``, or None with fewer than two values."""
    if len(points) < 2:
        return None
    last = points[-1]
    first = next((p for p in points if months_between(p.on, last.on) <= months), points[-2])
    if first is last:
        first = points[-2]
    span = months_between(first.on, last.on)
    return (last.value - first.value) / span if span else None


def required_pace(
    points: Sequence[DatedValue], target: float, due: date, on: date | None = None
) -> RequiredPace | None:
    """Return the growth per month needed from ``on``, else from the last value, to reach ``target`` by ``due``."""
    if not points:
        return None
    last = points[-1]
    months = months_between(max(last.on, on or last.on), due)
    remaining = target - last.value
    monthly = remaining / months if months else math.inf if remaining > 0 else 0.0
    pace = monthly_pace(points)
    forecast = last.value + pace * months_between(last.on, due) if pace is not None else None
    return RequiredPace(remaining, months, monthly, pace, forecast)


def cards_for(rate: float, population: int) -> int:
    """Return the number of cards for a rate in percent of a population, rounded up."""
    return math.ceil(round(rate * population / 100, 6))
