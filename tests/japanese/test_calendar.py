"""Dates are written as the office writes them, across every border of an era."""

from datetime import UTC, date, datetime, timedelta

import pytest

from todoke.japanese.calendar import (
    business_date,
    era_year,
    fiscal_year,
    format_date,
    format_era_date,
    is_office_day,
    start_of_day,
    today,
)


@pytest.mark.parametrize(
    ("day", "written"),
    [
        (date(2026, 11, 22), "令和8年11月22日"),
        (date(2019, 5, 1), "令和元年5月1日"),
        (date(2019, 4, 30), "平成31年4月30日"),
        (date(1989, 1, 8), "平成元年1月8日"),
        (date(1989, 1, 7), "昭和64年1月7日"),
        (date(1926, 12, 25), "昭和元年12月25日"),
        (date(1926, 12, 24), "大正15年12月24日"),
        (date(1912, 7, 30), "大正元年7月30日"),
        (date(1912, 7, 29), "明治45年7月29日"),
        (date(1873, 1, 1), "明治6年1月1日"),
    ],
)
def test_a_date_is_written_in_its_era(day: date, written: str) -> None:
    assert format_era_date(day) == written


@pytest.mark.parametrize(
    "day",
    [
        date(2026, 11, 21),
        date(2026, 11, 22),
        date(2026, 11, 23),
        date(2026, 12, 29),
        date(2026, 12, 30),
        date(2026, 12, 31),
        date(2027, 1, 1),
        date(2024, 1, 2),
        date(2024, 1, 3),
    ],
)
def test_the_office_is_closed_on_weekends_holidays_and_around_new_year(day: date) -> None:
    assert is_office_day(day) is False


@pytest.mark.parametrize("day", [date(2026, 11, 20), date(2026, 12, 28), date(2024, 1, 4), date(2024, 2, 1)])
def test_the_office_is_open_on_the_days_between(day: date) -> None:
    assert is_office_day(day) is True


def test_a_weekday_stands_behind_the_date() -> None:
    assert format_era_date(date(2026, 11, 22), weekday=True) == "令和8年11月22日(日)"
    assert format_date(date(2026, 11, 23)) == "2026年11月23日(月)"


def test_before_the_gregorian_calendar_there_is_no_era() -> None:
    with pytest.raises(ValueError, match="1873年"):
        era_year(date(1872, 12, 31))


def test_the_business_date_is_that_of_japan() -> None:
    assert business_date(datetime(2026, 11, 21, 15, tzinfo=UTC)) == date(2026, 11, 22)
    assert business_date(datetime(2026, 11, 21, 14, 59, tzinfo=UTC)) == date(2026, 11, 21)
    assert today() - business_date(datetime.now(UTC)) <= timedelta(days=1)


def test_march_belongs_to_the_fiscal_year_before() -> None:
    assert fiscal_year(date(2027, 3, 31)) == 2026
    assert fiscal_year(date(2027, 4, 1)) == 2027


def test_a_business_date_begins_at_midnight_in_japan() -> None:
    assert start_of_day(date(2026, 11, 22)) == datetime(2026, 11, 21, 15, tzinfo=UTC)
