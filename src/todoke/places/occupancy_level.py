"""Occupancy level 混雑の程度: what may still be said of a report by its age; pure, the age is part of the value.

Up to ``fresh`` the level is told; up to three times that it is struck through with its time and age; after that
nothing is known. Closed is never free.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

STALE_AFTER = 3
"""How many times the fresh span a report may be old before it tells nothing."""
_BEYOND = timedelta(microseconds=1)
_SHARES = ((0.8, "full"), (0.6, "crowded"), (0.3, "some"))


class Level(StrEnum):
    """混雑の程度: by the share of the capacity: 30, 60 and 80 per cent."""

    FREE = "free"
    SOME = "some"
    CROWDED = "crowded"
    FULL = "full"


LEVEL_WORDS = {
    Level.FREE: "空いています",
    Level.SOME: "やや混雑しています",
    Level.CROWDED: "混雑しています",
    Level.FULL: "いっぱいです",
}


class Age(StrEnum):
    """情報の新しさ: whether what was reported may still be told."""

    CLOSED = "closed"
    FRESH = "fresh"
    OLD = "old"
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class OccupancyState:
    """いまの混雑: what may be said now, by level and age."""

    age: Age
    level: Level | None
    minutes: int
    """Whole minutes since the report; 0 where there is none."""


def level_of(people: int, capacity: int) -> Level:
    """Return the level of so many people in a place for ``capacity`` (at least 1)."""
    share = people / max(capacity, 1)
    return next((Level(name) for least, name in _SHARES if share >= least), Level.FREE)


def state(
    level: Level | None, at: datetime | None, now: datetime, *, fresh: timedelta, is_open: bool
) -> OccupancyState:
    """Return what may be said at ``now`` of a report; nothing without one, and closed where it is not open."""
    if not is_open:
        return OccupancyState(Age.CLOSED, None, 0)
    if level is None or at is None:
        return OccupancyState(Age.UNKNOWN, None, 0)
    age = max(now - at, timedelta())
    minutes = int(age.total_seconds() // 60)
    if age <= fresh:
        return OccupancyState(Age.FRESH, level, minutes)
    if age <= STALE_AFTER * fresh:
        return OccupancyState(Age.OLD, level, minutes)
    return OccupancyState(Age.UNKNOWN, None, minutes)


def same_until(found: OccupancyState, at: datetime | None, now: datetime, *, fresh: timedelta) -> datetime | None:
    """Return the first moment after ``now`` at which something else may be said, if that comes by itself.

    A level is told up to and with its border, so the moment after a border is one microsecond later.
    """
    if at is None or found.age not in (Age.FRESH, Age.OLD):
        return None
    if found.age == Age.FRESH:
        return at + fresh + _BEYOND
    return min(at + timedelta(minutes=found.minutes + 1), at + STALE_AFTER * fresh + _BEYOND)
