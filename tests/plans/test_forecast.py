"""Where the present pace leads, and what pace is needed."""

import math
from datetime import date

import pytest

from todoke.plans.forecast import DatedValue, cards_for, monthly_pace, months_between, required_pace

YEAR = [DatedValue(date(2025, 4, 1), 40), DatedValue(date(2025, 10, 1), 43), DatedValue(date(2026, 4, 1), 52)]


def test_months_are_whole_by_the_calendar_and_the_rest_by_days() -> None:
    assert months_between(date(2025, 1, 31), date(2026, 3, 31)) == 14
    assert months_between(date(2025, 1, 1), date(2025, 1, 16)) == pytest.approx(0.4928, abs=1e-4)
    assert months_between(date(2026, 3, 1), date(2026, 2, 1)) == 0


def test_the_pace_is_the_growth_a_month_of_the_last_year() -> None:
    assert monthly_pace(YEAR) == 1
    assert monthly_pace([DatedValue(date(2020, 4, 1), 0), *YEAR]) == 1
    assert monthly_pace(YEAR, months=6) == 1.5


def test_without_a_point_in_the_last_year_the_last_two_say_the_pace() -> None:
    assert monthly_pace([DatedValue(date(2020, 4, 1), 0), DatedValue(date(2022, 4, 1), 24)]) == 1
    assert (
        monthly_pace(
            [DatedValue(date(2018, 4, 1), 9), DatedValue(date(2020, 4, 1), 0), DatedValue(date(2022, 4, 1), 24)]
        )
        == 1
    )


def test_one_point_or_one_day_has_no_pace() -> None:
    assert monthly_pace(YEAR[:1]) is None
    assert monthly_pace([]) is None
    assert monthly_pace([DatedValue(date(2025, 4, 1), 1), DatedValue(date(2025, 4, 1), 2)]) is None


def test_the_need_is_spread_over_the_months_that_are_left() -> None:
    found = required_pace(YEAR, 64, date(2026, 10, 1))
    assert found is not None
    assert (found.remaining, found.months, found.monthly) == (12, 6, 2)
    assert (found.pace, found.forecast) == (1, 58)
    assert not found.is_reached


def test_after_the_day_what_is_missing_cannot_be_reached_and_what_is_there_needs_nothing() -> None:
    late, reached = required_pace(YEAR, 64, date(2026, 4, 1)), required_pace(YEAR, 52, date(2026, 4, 1))
    assert late is not None
    assert late.monthly == math.inf
    assert reached is not None
    assert (reached.monthly, reached.is_reached) == (0, True)


def test_half_a_point_short_is_not_reached() -> None:
    found = required_pace(YEAR, 52.5, date(2026, 4, 1))
    assert found is not None
    assert (found.monthly, found.is_reached) == (math.inf, False)


def test_without_a_pace_nothing_is_forecast() -> None:
    found = required_pace(YEAR[:1], 64, date(2026, 10, 1))
    assert found is not None
    assert (found.pace, found.forecast) == (None, None)
    assert required_pace([], 64, date(2026, 10, 1)) is None


@pytest.mark.parametrize(("rate", "population", "cards"), [(50, 1001, 501), (80, 1000, 800), (14.3, 1000, 143)])
def test_a_part_of_a_card_is_a_whole_card(rate: float, population: int, cards: int) -> None:
    assert cards_for(rate, population) == cards
