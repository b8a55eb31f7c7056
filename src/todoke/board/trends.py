"""Trends 推移: what moved since the last time, and the lines of the past."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from todoke.insights.models import RateRecord
from todoke.insights.rates import DEFINITIONS, Rate
from todoke.japanese.calendar import today

MOST_POINTS = 24


@dataclass(frozen=True)
class Moved:
    """A rate beside the last one that was kept before today."""

    rate: Rate
    before: RateRecord | None

    @property
    def points(self) -> Decimal | None:
        """How many points it moved; None without a figure to compare."""
        if self.before is None or self.rate.percent is None or self.before.percent is None:
            return None
        return self.rate.percent - self.before.percent


@dataclass(frozen=True)
class History:
    """Kept rates as lines: the days, and the values of each rate on them, with gaps."""

    days: list[str]
    series: list[tuple[str, list[float | None]]]


def with_changes(found: list[Rate]) -> list[Moved]:
    """Lay each rate beside the last one kept before today, in one query."""
    last: dict[str, RateRecord] = {}
    for record in RateRecord.objects.filter(on__lt=today()).order_by("on"):
        last[record.key] = record
    return [Moved(rate, last.get(rate.definition.key)) for rate in found]


def history() -> History:
    """Return the last days on which rates were kept."""
    values: dict[date, dict[str, float | None]] = {}
    for record in RateRecord.objects.order_by("on"):
        percent = record.percent
        values.setdefault(record.on, {})[record.key] = None if percent is None else float(percent)
    days = list(values)[-MOST_POINTS:]
    series = [(d.title, [values[day].get(key) for day in days]) for key, d in DEFINITIONS.items()]
    return History([f"{day.month}/{day.day}" for day in days], series)
