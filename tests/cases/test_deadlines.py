"""Deadlines worked out by hand with a calendar on the wall."""

from datetime import date

import pytest

from todoke.cases.deadlines import ClockAct, ClockEvent, deadline

FRIDAY = date(2026, 11, 20)


@pytest.mark.parametrize(
    ("start", "days", "expected"),
    [
        (FRIDAY, 1, date(2026, 11, 24)),  # Saturday, Sunday, Labour Thanksgiving Day on Monday
        (FRIDAY, 5, date(2026, 11, 30)),
        (date(2026, 12, 25), 2, date(2027, 1, 4)),  # 28 December is the last office day of the year
        (date(2026, 12, 28), 1, date(2027, 1, 4)),
        (date(2027, 4, 28), 1, date(2027, 4, 30)),
        (date(2027, 4, 30), 1, date(2027, 5, 6)),  # 3-5 May are holidays
    ],
)
def test_the_first_day_and_closed_days_are_not_counted(start: date, days: int, expected: date) -> None:
    assert deadline([ClockEvent(ClockAct.START, start)], days) == expected


def test_the_days_of_a_correction_are_taken_out() -> None:
    ticks = [
        ClockEvent(ClockAct.START, date(2026, 11, 9)),
        ClockEvent(ClockAct.PAUSE, date(2026, 11, 11)),
        ClockEvent(ClockAct.RESUME, date(2026, 11, 16)),
    ]
    assert deadline(ticks, 5) == date(2026, 11, 19)  # 10, 11 | 17, 18, 19


def test_while_the_resident_corrects_there_is_no_deadline() -> None:
    assert deadline([ClockEvent(ClockAct.START, FRIDAY), ClockEvent(ClockAct.PAUSE, FRIDAY)], 5) is None


def test_an_extension_adds_office_days() -> None:
    assert deadline([ClockEvent(ClockAct.START, FRIDAY), ClockEvent(ClockAct.EXTEND, FRIDAY, 2)], 1) == date(
        2026, 11, 26
    )


def test_a_restart_counts_anew() -> None:
    ticks = [
        ClockEvent(ClockAct.START, date(2026, 11, 2)),
        ClockEvent(ClockAct.PAUSE, date(2026, 11, 4)),
        ClockEvent(ClockAct.RESTART, FRIDAY),
    ]
    assert deadline(ticks, 1) == date(2026, 11, 24)
