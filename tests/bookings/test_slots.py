"""The grid of starts: fixed by the opening, whatever is booked."""

from datetime import date, time

import pytest

from todoke.bookings.slots import Span, add_office_days, free_spans, packed, starts

DAY = date(2026, 12, 1)


def span(opens: str, closes: str) -> Span:
    return Span.on(DAY, time.fromisoformat(opens), time.fromisoformat(closes))


def begins(found: list[Span]) -> list[str]:
    return [f"{each.start:%H:%M}" for each in found]


def test_the_grid_does_not_move_with_what_is_booked() -> None:
    opening = span("09:00", "12:00")
    assert begins(starts(opening, minutes=30, grid_minutes=30)) == [
        "09:00",
        "09:30",
        "10:00",
        "10:30",
        "11:00",
        "11:30",
    ]
    taken = [span("09:10", "09:40")]
    assert begins(starts(opening, minutes=30, grid_minutes=30, taken=taken)) == ["10:00", "10:30", "11:00", "11:30"]


def test_a_slot_ends_within_the_opening() -> None:
    assert begins(starts(span("09:00", "10:00"), minutes=45, grid_minutes=20)) == ["09:00"]


def test_what_ends_as_another_begins_does_not_meet_it() -> None:
    found = starts(span("09:00", "11:00"), minutes=60, grid_minutes=60, taken=[span("10:00", "11:00")])
    assert begins(found) == ["09:00"]


def test_what_is_left_of_an_opening_lies_between_what_is_taken() -> None:
    left = free_spans(span("09:00", "12:00"), [span("10:00", "10:30"), span("08:00", "09:15"), span("10:15", "11:00")])
    assert list(left) == [span("09:15", "10:00"), span("11:00", "12:00")]


def test_packing_prefers_starts_that_leave_no_useless_rest() -> None:
    opening, taken = span("09:00", "11:00"), [span("10:00", "10:30")]
    offered = starts(opening, minutes=30, grid_minutes=15, taken=taken)
    assert begins(packed(offered, opening, taken, minutes=30)) == ["09:00", "09:30", "10:30"]


@pytest.mark.parametrize(
    ("day", "days", "expected"),
    [
        (date(2026, 12, 25), 1, date(2026, 12, 28)),
        (date(2026, 12, 28), 1, date(2027, 1, 4)),
        (date(2026, 12, 31), 1, date(2027, 1, 4)),
        (date(2027, 1, 3), 1, date(2027, 1, 4)),
        (date(2026, 12, 28), 2, date(2027, 1, 5)),
        (date(2027, 1, 8), 1, date(2027, 1, 12)),
        (date(2026, 12, 25), 0, date(2026, 12, 25)),
        (date(2026, 12, 24), 3, date(2027, 1, 4)),
        (date(2026, 12, 26), 1, date(2026, 12, 28)),
        (date(2026, 12, 29), 2, date(2027, 1, 5)),
        (date(2027, 1, 9), 1, date(2027, 1, 12)),
        (date(2026, 12, 22), 5, date(2027, 1, 4)),
    ],
)
def test_lead_days_count_office_days_around_new_year(day: date, days: int, expected: date) -> None:
    assert add_office_days(day, days) == expected
