"""Month table 月の空き: the frames of a month as a table of days by frames, one line a day also on a phone."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from todoke.bookings.models import Frame
from todoke.reception.facility_grid import FREE, DayFrames

TAKEN = "予約済"


@dataclass(frozen=True)
class Cell:
    """枠: a frame of a day with its state; no frame where the hall is not lent then."""

    frame: Frame | None
    state: str = ""

    @property
    def is_free(self) -> bool:
        """Whether it can be booked."""
        return self.state == FREE

    @property
    def is_taken(self) -> bool:
        """Whether somebody booked it, so that one can wait for it; what the office holds is never given back."""
        return self.state == TAKEN


def month_table(grid: DayFrames) -> tuple[list[Frame], list[tuple[date, list[Cell]]]]:
    """Return one frame a column, and for each day its cells in that order."""
    columns = _columns(frame for _, frames in grid for frame, _ in frames)
    return columns, [(day, _cells(columns, {frame.name: Cell(frame, state) for frame, state in frames}))
                     for day, frames in grid]  # fmt: skip


def _columns(frames: Iterable[Frame]) -> list[Frame]:
    """Return the first frame of each name, in the order of their beginnings."""
    found: dict[str, Frame] = {}
    for frame in frames:
        found.setdefault(frame.name, frame)
    return sorted(found.values(), key=lambda each: each.opens)


def _cells(columns: list[Frame], known: dict[str, Cell]) -> list[Cell]:
    return [known.get(each.name, Cell(None)) for each in columns]
