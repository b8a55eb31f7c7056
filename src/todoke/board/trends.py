"""Trends 推移: changes of the rates since the last record, and their history."""

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from todoke.insights.models import RateRecord
from todoke.insights.own_series import OWN_SERIES
from todoke.insights.rates import DEFINITIONS, Rate
from todoke.japanese.calendar import today

MOST_POINTS = 24
MOST_MONTHS = 13


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


def commitment_history() -> RateHistory:
    """Return how many commitments were made, fulfilled and dropped in each month; a month without any is zero."""
    counted = {(month, kind): count for month, kind, count in OWN_SERIES["commitments"].rows()}
    if not counted:
        return RateHistory([], [])
    first, last = min(month for month, _ in counted), today().replace(day=1)
    months = [first]
    while months[-1] < last:
        months.append((months[-1] + timedelta(days=31)).replace(day=1))
    months, kinds = months[-MOST_MONTHS:], list(dict.fromkeys(kind for _, kind in counted))
    series = [(kind, [counted.get((month, kind), 0) for month in months]) for kind in kinds]
    return RateHistory([f"{month.year}年{month.month}月" for month in months], series)


def rate_history() -> RateHistory:
    """Return the last recorded days."""
    values: dict[date, dict[str, float | None]] = {}
    for record in RateRecord.objects.order_by("on"):
        percent = record.percent
        values.setdefault(record.on, {})[record.key] = None if percent is None else float(percent)
    days = _with_gaps(list(values)[-MOST_POINTS:])
    series = [(d.title, [values.get(day, {}).get(key) for day in days]) for key, d in DEFINITIONS.items()]
    return RateHistory([f"{day.month}/{day.day}" for day in days], series)


def _with_gaps(days: list[date]) -> list[date]:
    """Return the days with the first of each run of days without a record, at which a line breaks."""
    found: list[date] = []
    for day in days:
        if found and (day - found[-1]).days > 1:
            found.append(found[-1] + timedelta(days=1))
        found.append(day)
    return found
