"""A date that was promised is ahead, overdue, or was met; the day itself is still in time."""

from datetime import date

import pytest

from todoke.japanese.due_dates import DueState, due_state

DUE = date(2026, 11, 30)


@pytest.mark.parametrize(
    ("due", "done", "on", "state"),
    [
        (DUE, None, date(2026, 11, 29), DueState.AHEAD),
        (DUE, None, DUE, DueState.AHEAD),
        (DUE, None, date(2026, 12, 1), DueState.OVERDUE),
        (DUE, DUE, date(2027, 1, 1), DueState.DONE),
        (DUE, date(2026, 12, 1), date(2027, 1, 1), DueState.DONE_LATE),
        (None, None, DUE, DueState.UNDATED),
        (None, DUE, DUE, DueState.DONE),
    ],
)
def test_a_promise_has_one_state_on_a_day(due: date | None, done: date | None, on: date, state: DueState) -> None:
    assert due_state(due, done, on) is state


def test_only_what_is_not_done_is_open() -> None:
    assert [state for state in DueState if state.is_open] == [DueState.UNDATED, DueState.AHEAD, DueState.OVERDUE]
