"""Saved minutes 減った時間: units of finished runs × baseline − minutes of people. Pure arithmetic."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True)
class RunFigures:
    """実行の数: how many units a run did and how many minutes people spent on it; only a finished one saves."""

    units: int
    human_minutes: int
    is_finished: bool


@dataclass(frozen=True)
class SavedMinutes:
    """減った時間: units of finished runs, minutes a unit by hand, and minutes of people, in minutes.

    ``baseline`` is None where nobody measured the work by hand; then nothing is saved by calculation (未測定).
    """

    units: int
    baseline: Decimal | None
    human_minutes: int

    @property
    def minutes(self) -> Decimal | None:
        """Return what was saved, negative where people spent more; None without a baseline."""
        return None if self.baseline is None else self.units * self.baseline - self.human_minutes


def saved_minutes(runs: Iterable[RunFigures], baseline: Decimal | None, upkeep: int = 0) -> SavedMinutes:
    """Return the saved minutes; ``upkeep`` are minutes spent on the automation itself.

    What a failed run did saves nothing, and its minutes of people count.
    """
    held = list(runs)
    units = sum(run.units for run in held if run.is_finished)
    return SavedMinutes(units, baseline, sum(run.human_minutes for run in held) + upkeep)
