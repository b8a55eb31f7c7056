"""A session ends by itself, and who comes back finds what they typed."""

from datetime import UTC, datetime, timedelta

import pytest

from todoke.accounts.session_expiry import IDLE, TOO_LONG, SessionTimes

NOON = datetime(2026, 4, 1, 3, tzinfo=UTC)
IDLE_LIMIT, LONGEST = timedelta(minutes=30), timedelta(hours=12)


def times(*, began: int = 0, seen: int = 0, idle: timedelta | None = IDLE_LIMIT) -> SessionTimes:
    """A session that began and was used last so many minutes before noon."""
    ago = [NOON - timedelta(minutes=minutes) for minutes in (began, seen)]
    return SessionTimes(ago[0], ago[1], idle, LONGEST, is_staff=True)


@pytest.mark.parametrize(
    ("began", "seen", "why"),
    [(60, 29, ""), (60, 30, IDLE), (719, 0, ""), (720, 0, TOO_LONG), (720, 60, TOO_LONG)],
)
def test_half_an_hour_of_quiet_or_twelve_hours_end_a_session_of_staff(began: int, seen: int, why: str) -> None:
    assert times(began=began, seen=seen).why_ended(NOON) == why


def test_while_no_use_can_be_noted_quiet_ends_nothing_and_the_longest_time_does() -> None:
    assert not times(began=60, seen=40).why_ended(NOON, counts_idle=False)
    assert times(began=720, seen=720).why_ended(NOON, counts_idle=False) == TOO_LONG


def test_a_resident_at_home_is_ended_by_no_quiet() -> None:
    assert not times(began=700, seen=690, idle=None).why_ended(NOON)


@pytest.mark.parametrize(("idle", "after"), [(10, 5), (30, 25), (32, 25), (60, 55), (600, 55)])
def test_the_warning_comes_five_minutes_before_the_end_at_the_latest(idle: int, after: int) -> None:
    assert times(idle=timedelta(minutes=idle)).warned_after == after


def test_the_last_half_hour_is_told() -> None:
    assert times(began=690).is_closing
    assert not times(began=689).is_closing
