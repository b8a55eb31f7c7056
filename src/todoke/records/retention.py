"""Retention 保存期間: first and last day of retention. Pure rules on business dates.

A period of years ends on the day before its anniversary, and where the anniversary does not exist, on the last day of
that month (民法143条2項).
"""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta

from todoke.japanese.calendar import fiscal_year

CALENDAR, FISCAL, NEXT_DAY = "calendar", "fiscal", "next_day"
PERMANENT = 0
YEARS = (1, 3, 5, 10, 30, PERMANENT)


def starts_on(closed_on: date, rule: str) -> date:
    """Return the first day of retention (起算日) for a file closed on a day.

    calendar: 1 January after the year, fiscal: 1 April after the fiscal year, next_day: the day after. Raises
    ValueError for another rule.
    """
    if rule == CALENDAR:
        return date(closed_on.year + 1, 1, 1)
    if rule == FISCAL:
        return date(fiscal_year(closed_on) + 1, 4, 1)
    if rule == NEXT_DAY:
        return closed_on + timedelta(days=1)
    raise ValueError(f"起算日の決め方 {rule} はありません。")


def expires_on(start: date, years: int) -> date | None:
    """Return the last day of retention (満了日); None when it is permanent (0 years)."""
    if years == PERMANENT:
        return None
    year = start.year + years
    if start.day > monthrange(year, start.month)[1]:
        return date(year, start.month, monthrange(year, start.month)[1])
    return date(year, start.month, start.day) - timedelta(days=1)


@dataclass(frozen=True)
class RetentionTerm:
    """保存の期間: first and last day, both included; no last day when permanent."""

    start: date
    end: date | None

    def is_over(self, on: date) -> bool:
        """Tell whether the last day has passed."""
        return self.end is not None and on > self.end


def retention_term(closed_on: date, rule: str, years: int, extended_by: int = 0) -> RetentionTerm:
    """Return the term of a file; extensions in years lengthen the period itself, not its end."""
    start = starts_on(closed_on, rule)
    return RetentionTerm(start, expires_on(start, years + extended_by if years != PERMANENT else PERMANENT))
