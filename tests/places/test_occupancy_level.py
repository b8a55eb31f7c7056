"""The age of a report is part of its value: every border to the second."""

from datetime import UTC, datetime, timedelta

import pytest

from todoke.places.occupancy_level import LEVEL_WORDS, Age, Level, OccupancyState, level_of, same_until, state

AT = datetime(2026, 11, 20, 5, 5, tzinfo=UTC)


@pytest.mark.parametrize("minutes", [10, 60])
@pytest.mark.parametrize(
    ("beyond", "age"),
    [
        (timedelta(seconds=-3), Age.FRESH),
        (timedelta(), Age.FRESH),
        (timedelta(microseconds=1), Age.OLD),
        (timedelta(seconds=1), Age.OLD),
    ],
)
def test_a_report_is_fresh_to_the_second(minutes: int, beyond: timedelta, age: Age) -> None:
    fresh = timedelta(minutes=minutes)
    found = state(Level.SOME, AT, AT + fresh + beyond, fresh=fresh, is_open=True)
    assert (found.age, found.level) == (age, Level.SOME)


@pytest.mark.parametrize("minutes", [10, 60])
@pytest.mark.parametrize(("seconds", "age"), [(-1, Age.OLD), (0, Age.OLD), (1, Age.UNKNOWN), (86_400, Age.UNKNOWN)])
def test_a_report_tells_nothing_after_three_times_that_span_to_the_second(minutes: int, seconds: int, age: Age) -> None:
    fresh = timedelta(minutes=minutes)
    found = state(Level.FULL, AT, AT + 3 * fresh + timedelta(seconds=seconds), fresh=fresh, is_open=True)
    assert found.age == age
    assert (found.level is None) == (age == Age.UNKNOWN)


def test_every_second_of_three_hours_has_one_age_and_ages_only_grow() -> None:
    fresh, order = timedelta(minutes=60), [Age.FRESH, Age.OLD, Age.UNKNOWN]
    ages = [
        order.index(state(Level.FREE, AT, AT + timedelta(seconds=n), fresh=fresh, is_open=True).age)
        for n in range(3 * 3600 + 2)
    ]
    assert ages == sorted(ages)
    assert (ages.count(0), ages.count(1), ages.count(2)) == (3601, 7200, 1)


@pytest.mark.parametrize("minutes", [10, 60])
def test_what_is_said_holds_until_its_next_border_and_not_a_moment_longer(minutes: int) -> None:
    fresh, moment, steps = timedelta(minutes=minutes), timedelta(microseconds=1), 0

    def said(now: datetime) -> OccupancyState:
        return state(Level.SOME, AT, now, fresh=fresh, is_open=True)

    def seen(found: OccupancyState) -> tuple[Age, int]:
        return found.age, found.minutes if found.age == Age.OLD else 0

    now = AT
    while (until := same_until(said(now), AT, now, fresh=fresh)) is not None:
        assert seen(said(until - moment)) == seen(said(now)) != seen(said(until))
        now, steps = until, steps + 1
    assert (steps, said(now).age) == (2 * minutes + 2, Age.UNKNOWN)


def test_closed_is_never_free_and_nothing_reported_is_unknown() -> None:
    fresh = timedelta(minutes=60)
    assert state(Level.FREE, AT, AT, fresh=fresh, is_open=False).age == Age.CLOSED
    assert state(None, None, AT, fresh=fresh, is_open=True).age == Age.UNKNOWN
    assert state(Level.FREE, AT + timedelta(seconds=5), AT, fresh=fresh, is_open=True).minutes == 0


@pytest.mark.parametrize(
    ("people", "level"),
    [
        (0, "free"),
        (29, "free"),
        (30, "some"),
        (59, "some"),
        (60, "crowded"),
        (79, "crowded"),
        (80, "full"),
        (300, "full"),
    ],
)
def test_a_count_sets_the_level_at_thirty_sixty_and_eighty_per_cent(people: int, level: str) -> None:
    assert level_of(people, 100) == level
    assert set(LEVEL_WORDS) == set(Level)
