"""Due dates 期限: what a promised date means on a day, by one rule for targets, stages, commitments and findings."""

from datetime import date
from enum import StrEnum

from todoke.japanese.calendar import today


class DueState(StrEnum):
    """期限の状態: whether a dated promise is undated, ahead, overdue, or done in time or late."""

    UNDATED = "期限未定"
    AHEAD = "期限前"
    OVERDUE = "期限切れ"
    DONE = "済み"
    DONE_LATE = "期限後に済み"

    @property
    def is_open(self) -> bool:
        """Whether it still has to be done."""
        return self in {DueState.UNDATED, DueState.AHEAD, DueState.OVERDUE}


def due_state(due: date | None, done_on: date | None = None, on: date | None = None) -> DueState:
    """Return the state on a day, today by default; the due date itself is still in time."""
    if done_on is not None:
        return DueState.DONE_LATE if due is not None and done_on > due else DueState.DONE
    if due is None:
        return DueState.UNDATED
    return DueState.OVERDUE if due < (on or today()) else DueState.AHEAD
