"""Open days 開館日: what may be said of a place on a day: its hours, why it is closed, or that it is not known."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, time, timedelta
from enum import StrEnum

from todoke.places.models import Place, PlaceClosure


class Openness(StrEnum):
    """開館のようす: open, closed by its rules, closed by a decision, or not known from what is written."""

    OPEN = "open"
    CLOSED = "closed"
    EXTRAORDINARY = "extraordinary"
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class OpenDay:
    """ある日の開館: the day, how it is, its hours where it is open, and the reason of a decision."""

    day: date
    openness: Openness
    hours: tuple[time, time] | None = None
    reason: str = ""


def open_days(place: Place, closures: Iterable[PlaceClosure], first: date, count: int) -> list[OpenDay]:
    """Return what may be said of so many days; a decision comes before the rules, and doubt before hours."""
    told = [each for each in closures if each.place_id == place.pk and each.withdrawn_at is None]
    return [_on(place, told, first + timedelta(days=away)) for away in range(count)]


def _on(place: Place, closures: list[PlaceClosure], day: date) -> OpenDay:
    decided = next((each for each in closures if each.starts_on <= day <= each.ends_on), None)
    if decided:
        return OpenDay(day, Openness.EXTRAORDINARY, reason=decided.reason)
    rules = place.opening_hours
    if not rules.hours or rules.irregular or rules.unread or rules.follows:
        return OpenDay(day, Openness.UNKNOWN)
    hours = rules.on(day)
    return OpenDay(day, Openness.OPEN, hours) if hours else OpenDay(day, Openness.CLOSED)
