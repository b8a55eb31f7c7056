"""Retention, worked out by hand: calendar and fiscal years, eras, leap years."""

from datetime import date, timedelta

import pytest

from tests.cast import records
from todoke.japanese.calendar import format_era_date
from todoke.records.models import RecordFile
from todoke.records.retention import CALENDAR, FISCAL, NEXT_DAY, PERMANENT, expires_on, retention_term

# closed on, rule, years -> first day, last day; each line worked out by hand on paper.
BY_HAND = [
    # fiscal year: the last day of March and the first of April fall into different years
    ("2024-03-31", FISCAL, 5, "2024-04-01", "2029-03-31"),
    ("2024-04-01", FISCAL, 5, "2025-04-01", "2030-03-31"),
    ("2024-12-31", FISCAL, 1, "2025-04-01", "2026-03-31"),
    ("2025-01-01", FISCAL, 1, "2025-04-01", "2026-03-31"),
    ("2015-05-01", FISCAL, 10, "2016-04-01", "2026-03-31"),
    # calendar year
    ("2023-12-31", CALENDAR, 3, "2024-01-01", "2026-12-31"),
    ("2024-01-01", CALENDAR, 3, "2025-01-01", "2027-12-31"),
    ("2024-03-31", CALENDAR, 1, "2025-01-01", "2025-12-31"),
    # leap years
    ("2024-02-29", FISCAL, 1, "2024-04-01", "2025-03-31"),
    ("2024-02-29", CALENDAR, 3, "2025-01-01", "2027-12-31"),
    ("2024-02-29", NEXT_DAY, 1, "2024-03-01", "2025-02-28"),
    ("2023-02-28", NEXT_DAY, 1, "2023-03-01", "2024-02-29"),
    ("2024-02-28", NEXT_DAY, 1, "2024-02-29", "2025-02-28"),
    ("2024-02-28", NEXT_DAY, 10, "2024-02-29", "2034-02-28"),
    ("2024-12-31", NEXT_DAY, 5, "2025-01-01", "2029-12-31"),
    # eras: Shōwa 64 had seven days, Heisei ended in April
    ("1988-12-31", CALENDAR, 30, "1989-01-01", "2018-12-31"),
    ("1989-01-07", CALENDAR, 30, "1990-01-01", "2019-12-31"),
    ("2019-03-31", FISCAL, 1, "2019-04-01", "2020-03-31"),
    ("2019-04-30", FISCAL, 1, "2020-04-01", "2021-03-31"),
    ("2019-05-01", FISCAL, 3, "2020-04-01", "2023-03-31"),
    ("1989-01-08", CALENDAR, 30, "1990-01-01", "2019-12-31"),
    ("1988-12-31", FISCAL, 30, "1989-04-01", "2019-03-31"),
    ("2019-12-31", CALENDAR, 1, "2020-01-01", "2020-12-31"),
    # ten years of files: one closed in each fiscal year from 平成29年度 on, five years by fiscal year
    ("2017-06-15", FISCAL, 5, "2018-04-01", "2023-03-31"),
    ("2018-06-15", FISCAL, 5, "2019-04-01", "2024-03-31"),
    ("2019-06-15", FISCAL, 5, "2020-04-01", "2025-03-31"),
    ("2020-02-29", FISCAL, 5, "2020-04-01", "2025-03-31"),
    ("2020-06-15", FISCAL, 5, "2021-04-01", "2026-03-31"),
    ("2021-06-15", FISCAL, 5, "2022-04-01", "2027-03-31"),
    ("2022-06-15", FISCAL, 5, "2023-04-01", "2028-03-31"),
    ("2023-06-15", FISCAL, 5, "2024-04-01", "2029-03-31"),
    ("2024-06-15", FISCAL, 5, "2025-04-01", "2030-03-31"),
    ("2025-06-15", FISCAL, 5, "2026-04-01", "2031-03-31"),
    ("2026-06-15", FISCAL, 5, "2027-04-01", "2032-03-31"),
    # the same ten years by calendar year, three years
    ("2017-12-31", CALENDAR, 3, "2018-01-01", "2020-12-31"),
    ("2018-01-01", CALENDAR, 3, "2019-01-01", "2021-12-31"),
    ("2019-12-31", CALENDAR, 3, "2020-01-01", "2022-12-31"),
    ("2020-02-29", CALENDAR, 3, "2021-01-01", "2023-12-31"),
    ("2021-07-01", CALENDAR, 3, "2022-01-01", "2024-12-31"),
    ("2022-07-01", CALENDAR, 3, "2023-01-01", "2025-12-31"),
    ("2023-07-01", CALENDAR, 3, "2024-01-01", "2026-12-31"),
    ("2024-02-29", CALENDAR, 10, "2025-01-01", "2034-12-31"),
    ("2025-07-01", CALENDAR, 3, "2026-01-01", "2028-12-31"),
    ("2026-07-01", CALENDAR, 3, "2027-01-01", "2029-12-31"),
]


@pytest.mark.parametrize(("closed", "rule", "years", "first", "last"), BY_HAND)
def test_the_term_is_what_was_worked_out_by_hand(closed: str, rule: str, years: int, first: str, last: str) -> None:
    term = retention_term(date.fromisoformat(closed), rule, years)
    assert (str(term.start), str(term.end)) == (first, last)
    assert not term.is_over(date.fromisoformat(last))
    assert term.is_over(date.fromisoformat(last) + timedelta(days=1))


@pytest.mark.django_db
def test_files_of_the_shelf_carry_the_days_of_the_table_and_may_go_on_the_day_after() -> None:
    for serial, (closed, rule, years, first, last) in enumerate(BY_HAND):
        file = records.file(
            f"F-{serial}", date.fromisoformat(closed), classification=records.classification(years, rule)
        )
        assert (str(file.starts_on), str(file.expires_on)) == (first, last)
        end = date.fromisoformat(last)
        disposable = RecordFile.objects.filter(pk=file.pk)
        assert not disposable.disposable(end).exists()
        assert disposable.disposable(end + timedelta(days=1)).exists()


@pytest.mark.parametrize(
    ("closed", "rule", "years", "first", "last"),
    [
        ("1988-12-31", CALENDAR, 30, "昭和64年1月1日", "平成30年12月31日"),
        ("1989-01-07", CALENDAR, 30, "平成2年1月1日", "令和元年12月31日"),
        ("2019-03-31", FISCAL, 1, "平成31年4月1日", "令和2年3月31日"),
        ("2019-04-30", FISCAL, 1, "令和2年4月1日", "令和3年3月31日"),
    ],
)
def test_days_across_eras_are_written_in_the_era_of_each_day(
    closed: str, rule: str, years: int, first: str, last: str
) -> None:
    term = retention_term(date.fromisoformat(closed), rule, years)
    assert term.end is not None
    assert (format_era_date(term.start), format_era_date(term.end)) == (first, last)


def test_a_permanent_file_never_expires() -> None:
    term = retention_term(date(1950, 1, 1), FISCAL, PERMANENT)
    assert term.end is None
    assert not term.is_over(date(9999, 12, 31))


@pytest.mark.parametrize("rule", [CALENDAR, FISCAL])
@pytest.mark.parametrize("years", [1, 3, 5, 10, 30])
def test_ten_years_of_days_end_on_the_last_day_of_a_year_and_never_early(rule: str, years: int) -> None:
    day, border = date(2014, 4, 1), (3, 31) if rule == FISCAL else (12, 31)
    while day < date(2024, 4, 1):
        term = retention_term(day, rule, years)
        assert term.end is not None
        assert (term.end.month, term.end.day) == border
        assert timedelta(days=365 * years) <= term.end - day <= timedelta(days=366 * (years + 1))
        day += timedelta(days=1)


def test_a_year_from_the_29th_of_february_ends_on_the_28th() -> None:
    assert expires_on(date(2024, 2, 29), 1) == date(2025, 2, 28)
    assert expires_on(date(2024, 2, 29), 4) == date(2028, 2, 28)


def test_from_the_last_day_of_a_month_it_ends_the_day_before() -> None:
    assert expires_on(date(2024, 1, 31), 1) == date(2025, 1, 30)


def test_an_extension_lengthens_the_years() -> None:
    assert retention_term(date(2024, 5, 1), FISCAL, 5, extended_by=3).end == date(2033, 3, 31)
    assert retention_term(date(2024, 5, 1), FISCAL, PERMANENT, extended_by=3).end is None


def test_an_unknown_rule_is_named() -> None:
    with pytest.raises(ValueError, match="weekly"):
        retention_term(date(2024, 5, 1), "weekly", 1)
