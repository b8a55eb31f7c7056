"""A period is read as people write it, or refused in words; it is never replaced by another one."""

from datetime import date

import pytest

from todoke.japanese.periods import UnreadablePeriod, fiscal_year_of, parse_period


@pytest.mark.parametrize(
    ("written", "first", "last", "label"),
    [
        ("2025-01", date(2025, 1, 1), date(2025, 1, 31), "2025年1月"),
        ("2025年1月", date(2025, 1, 1), date(2025, 1, 31), "2025年1月"),
        ("令和7年12月", date(2025, 12, 1), date(2025, 12, 31), "2025年12月"),
        ("2024/2", date(2024, 2, 1), date(2024, 2, 29), "2024年2月"),
        ("２０２５年", date(2025, 1, 1), date(2025, 12, 31), "2025年"),
        ("2025", date(2025, 1, 1), date(2025, 12, 31), "2025年"),
        ("2024年度", date(2024, 4, 1), date(2025, 3, 31), "2024年度"),
        ("令和6年度", date(2024, 4, 1), date(2025, 3, 31), "2024年度"),
        ("R6年度", date(2024, 4, 1), date(2025, 3, 31), "2024年度"),
        ("令和元年度", date(2019, 4, 1), date(2020, 3, 31), "2019年度"),
        ("平成31年4月", date(2019, 4, 1), date(2019, 4, 30), "2019年4月"),
    ],
)
def test_a_period_is_read_as_it_is_written(written: str, first: date, last: date, label: str) -> None:
    found = parse_period(written)
    assert (found.first, found.last, found.label) == (first, last, label)


@pytest.mark.parametrize(
    "written", ["2025-13", "2025-00", "平成40年", "去年", "", "25-01", "2025-01-02", "令和0年度", "元年"]
)
def test_what_names_no_period_is_refused_in_words(written: str) -> None:
    with pytest.raises(UnreadablePeriod, match="のように書いてください"):
        parse_period(written)


def test_a_year_of_evaluation_is_a_fiscal_year() -> None:
    assert [fiscal_year_of(text) for text in ("2025", "2025年度", "令和7年度")] == [2025, 2025, 2025]
    with pytest.raises(UnreadablePeriod, match="年度ではありません"):
        fiscal_year_of("2025年4月")


def test_a_period_that_is_not_over_is_running() -> None:
    found = parse_period("2026-11")
    assert found.is_running(date(2026, 11, 30))
    assert not found.is_running(date(2026, 12, 1))
    assert found.overlap(date(2026, 11, 10), date(2027, 3, 31)) is not None
    assert found.overlap(date(2027, 1, 1), date(2027, 3, 31)) is None
