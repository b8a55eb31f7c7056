"""Periods 期間: read a month, a year or a fiscal year as people write it, and tell what is over on a day."""

import re
from dataclasses import dataclass
from datetime import date, timedelta

from todoke.japanese.calendar import fiscal_year
from todoke.japanese.days import era_to_gregorian
from todoke.japanese.parsers import to_ascii_hyphens

EXAMPLES = "「2025年1月」「令和7年1月」「2025年」「2024年度」「令和6年度」のように書いてください。"
_WRITTEN = re.compile(
    r"(?P<era>令和|平成|[rhRH])?\s*(?P<year>元|\d{1,4})\s*+(?:年?(?P<fiscal>度)|(?:年|[-/.])?\s*+(?:(?P<month>\d{1,2})月?)?)"
)


class UnreadablePeriod(ValueError):
    """読めない期間: the text names no period; the message says how to write one."""


@dataclass(frozen=True)
class Period:
    """期間: first and last day, and how it is called."""

    first: date
    last: date
    label: str

    def is_running(self, on: date) -> bool:
        """Whether the period is not over at the end of the day before (途中)."""
        return self.first <= on <= self.last

    def overlap(self, first: date, last: date) -> "Period | None":
        """Return the part of the period between two days, or None."""
        starts, ends = max(self.first, first), min(self.last, last)
        return Period(starts, ends, self.label) if starts <= ends else None


def month_period(year: int, month: int) -> Period:
    """Return a month. Raises ValueError."""
    first = date(year, month, 1)
    return Period(first, date(year + month // 12, month % 12 + 1, 1) - timedelta(days=1), f"{year}年{month}月")


def fiscal_year_end(year: int) -> date:
    """Return the last day of a fiscal year 年度."""
    return date(year + 1, 3, 31)


def fiscal_period(year: int) -> Period:
    """Return a fiscal year 年度, from 1 April to 31 March."""
    return Period(date(year, 4, 1), fiscal_year_end(year), f"{year}年度")


def parse_period(text: str) -> Period:
    """Return the period that a text names. Raises UnreadablePeriod."""
    written = to_ascii_hyphens(text.strip())
    found = _WRITTEN.fullmatch(written)
    if found is None:
        raise UnreadablePeriod(f"「{text.strip()[:20]}」は、期間として読めません。{EXAMPLES}")
    try:
        year = era_to_gregorian(found["era"] or "", found["year"])
        if found["fiscal"]:
            return fiscal_period(year)
        if found["month"]:
            return month_period(year, int(found["month"]))
        return Period(date(year, 1, 1), date(year, 12, 31), f"{year}年")
    except ValueError as wrong:
        raise UnreadablePeriod(f"「{text.strip()[:20]}」という期間はありません。{EXAMPLES}") from wrong


def this_month(on: date) -> Period:
    """Return the month of a day."""
    return month_period(on.year, on.month)


def fiscal_year_of(text: str) -> int:
    """Return the fiscal year that a text names: 2025, 2025年度, 令和7年度. Raises UnreadablePeriod."""
    found = parse_period(text)
    if found.label.endswith("月"):
        raise UnreadablePeriod(
            f"「{text.strip()[:20]}」は年度ではありません。「2025年度」「令和7年度」のように書いてください。"
        )
    return fiscal_year(found.first) if found.label.endswith("度") else found.first.year
