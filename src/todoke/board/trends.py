"""Trends 推移: changes of the rates since the last record, and their history."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from todoke.insights.models import RateRecord
from todoke.insights.rates import DEFINITIONS, Rate
from todoke.japanese.calendar import today

MOST_POINTS = 24


@dataclass(frozen=True)
class RateChange:
    """A rate and the last one recorded before today."""

    rate: Rate
    before: RateRecord | None

    @property
    def points(self) -> Decimal | None:
        """The change in percentage points, or None without a record."""
        if self.before is None or self.rate.percent is None or self.before.percent is None:
            return None
        return self.rate.percent - self.before.percent


@dataclass(frozen=True)
class RateHistory:
    """Recorded rates by day, with gaps."""

    days: list[str]
    series: list[tuple[str, list[float | None]]]


def rate_changes(found: list[Rate]) -> list[RateChange]:
    """Return each rate with the last one recorded before today, in one query."""
    last: dict[str, RateRecord] = {}
    for record in RateRecord.objects.filter(on__lt=today()).order_by("on"):
        last[record.key] = record
    return [RateChange(rate, last.get(rate.definition.key)) for rate in found]


def rate_history() -> RateHistory:
    """Return the last recorded days."""
    values: dict[date, dict[str, float | None]] = {}
    for record in RateRecord.objects.order_by("on"):
        percent = record.percent
        values.setdefault(record.on, {})[record.key] = None if percent is None else float(percent)
    days = list(values)[-MOST_POINTS:]
    series = [(d.title, [values[day].get(key) for day in days]) for key, d in DEFINITIONS.items()]
    return RateHistory([f"{day.month}/{day.day}" for day in days], series)
