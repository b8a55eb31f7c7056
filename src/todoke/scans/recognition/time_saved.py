"""Time saved 減った時間: seconds of a sheet typed without reading less those with it, with an interval. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from todoke.lazy_modules import np

LEAST_SHEETS, LEAST_PEOPLE = 30, 2
IDLE = 60.0
"""Seconds beyond which a field that nobody finished counts as left, not as work."""
DRAWS, SEED = 2_000, 20260401


@dataclass(frozen=True)
class TimeSaved:
    """減った時間: seconds a sheet, of the baseline and with reading; the difference and its 95 % interval.

    A negative difference says that reading took longer.
    """

    baseline: float
    reading: float
    saved: float
    low: float
    high: float


def worked_seconds(shown: float, done: float) -> tuple[float, bool]:
    """Return the seconds between two instants as work, and whether idle time was cut off."""
    spent = max(0.0, done - shown)
    return min(spent, IDLE), spent > IDLE


def time_saved(
    baseline: Sequence[float], people: int, checked: Sequence[float], handling: float = 0.0
) -> TimeSaved | None:
    """Return what reading saved a sheet; None below 30 sheets or 2 people in the baseline, or without checked sheets.

    ``handling`` are the seconds a sheet for scanning and sorting. The interval resamples both sides 2,000 times with a
    fixed seed.
    """
    if len(baseline) < LEAST_SHEETS or people < LEAST_PEOPLE or not checked:
        return None
    before, after = np.asarray(baseline, float), np.asarray(checked, float) + handling
    chance = np.random.default_rng(SEED)
    drawn = [
        float(chance.choice(before, before.size).mean() - chance.choice(after, after.size).mean()) for _ in range(DRAWS)
    ]
    low, high = np.percentile(drawn, [2.5, 97.5])
    return TimeSaved(
        float(before.mean()), float(after.mean()), float(before.mean() - after.mean()), float(low), float(high)
    )
