"""Where the present pace leads, and what pace is needed."""

import math
from datetime import date

import pytest

from todoke.plans.forecast import Point, cards_for, months_between, need, pace_of

YEAR = [Point(date(2025, 4, 1), 40), Point(date(2025, 10, 1), 43), Point(date(2026, 4, 1), 52)]


def test_months_are_whole_by_the_calendar_and_the_rest_by_days() -> None:
    assert months_between(date(2025, 1, 31), date(2026, 3, 31)) == 14
    assert months_between(date(2025, 1, 1), date(2025, 1, 16)) == pytest.approx(0.4928, abs=1e-4)
    assert months_between(date(2026, 3, 1), date(2026, 2, 1)) == 0


def test_the_pace_is_the_growth_a_month_of_the_last_year() -> None:
    assert pace_of(YEAR) == 1
    assert pace_of([Point(date(2020, 4, 1), 0), *YEAR]) == 1
    assert pace_of(YEAR, months=6) == 1.5


def test_without_a_point_in_the_last_year_the_last_two_say_the_pace() -> None:
    assert pace_of([Point(date(2020, 4, 1), 0), Point(date(2022, 4, 1), 24)]) == 1
    assert pace_of([Point(date(2018, 4, 1), 9), Point(date(2020, 4, 1), 0), Point(date(2022, 4, 1), 24)]) == 1


def test_one_point_or_one_day_has_no_pace() -> None:
    assert pace_of(YEAR[:1]) is None
    assert pace_of([]) is None
    assert pace_of([Point(date(2025, 4, 1), 1), Point(date(2025, 4, 1), 2)]) is None


def test_the_need_is_spread_over_the_months_that_are_left() -> None:
    found = need(YEAR, 64, date(2026, 10, 1))
    assert found is not None
    assert (found.remaining, found.months, found.monthly) == (12, 6, 2)
    assert (found.pace, found.forecast) == (1, 58)
    assert not found.is_reached


def test_after_the_day_what_is_missing_cannot_be_reached_and_what_is_there_needs_nothing() -> None:
    late, reached = need(YEAR, 64, date(2026, 4, 1)), need(YEAR, 52, date(2026, 4, 1))
    assert late is not None
    assert late.monthly == math.inf
    assert reached is not None
    assert (reached.monthly, reached.is_reached) == (0, True)


def test_half_a_point_short_is_not_reached() -> None:
    found = need(YEAR, 52.5, date(2026, 4, 1))
    assert found is not None
    assert (found.monthly, found.is_reached) == (math.inf, False)


def test_without_a_pace_nothing_is_forecast() -> None:
    found = need(YEAR[:1], 64, date(2026, 10, 1))
    assert found is not None
    assert (found.pace, found.forecast) == (None, None)
    assert need([], 64, date(2026, 10, 1)) is None


@pytest.mark.parametrize(("rate", "population", "cards"), [(50, 1001, 501), (80, 1000, 800), (14.3, 1000, 143)])
def test_a_part_of_a_card_is_a_whole_card(rate: float, population: int, cards: int) -> None:
    assert cards_for(rate, population) == cards
