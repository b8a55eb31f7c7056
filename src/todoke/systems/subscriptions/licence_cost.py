"""Licence cost 利用料: yen of a year month by month, and of the gap between a trial and its budget. Pure arithmetic."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta


@dataclass(frozen=True)
class PriceRange:
    """単価の期間: yen a month for one seat, the seats, and the days between which both hold; an open end goes on."""

    yen: int
    seats: int
    starts_on: date
    ends_on: date | None = None

    def holds_on(self, day: date) -> bool:
        """Whether the price is in force on a day."""
        return self.starts_on <= day and (self.ends_on is None or day <= self.ends_on)


def months_between(first: date, last: date) -> Iterator[date]:
    """Yield the first day of each month from that of ``first`` to that of ``last``, both included."""
    year, month = first.year, first.month
    while (year, month) <= (last.year, last.month):
        yield date(year, month, 1)
        year, month = (year, month + 1) if month < 12 else (year + 1, 1)


def yen_of_months(prices: Iterable[PriceRange], months: Iterable[date]) -> int:
    """Return the yen of months, each with the price in force on its first day; none in force costs nothing."""
    held = list(prices)
    return sum(price.yen * price.seats for month in months for price in held if price.holds_on(month))


def yearly_yen(prices: Iterable[PriceRange], fiscal_year: int) -> int:
    """Return the yen of a fiscal year 年度, from April to March."""
    return yen_of_months(prices, months_between(date(fiscal_year, 4, 1), date(fiscal_year + 1, 3, 1)))


@dataclass(frozen=True)
class BudgetGap:
    """すき間: the months after a trial that no budget pays for, and their yen."""

    months: tuple[date, ...]
    yen: int


def budget_gap(prices: Iterable[PriceRange], trial_until: date, effective: date) -> BudgetGap:
    """Return the gap between the last day of a trial and the day on which a budget takes effect.

    A month of which the trial covers a part is paid in whole; the price is that of the month, or the first that holds.
    """
    held = sorted(prices, key=lambda price: price.starts_on)
    begins = trial_until + timedelta(days=1)
    last = date(effective.year, effective.month, 1) - timedelta(days=1)
    months = tuple(months_between(begins, last)) if begins <= last else ()
    return BudgetGap(months, sum(_price_of(held, month) for month in months))


def _price_of(held: list[PriceRange], month: date) -> int:
    found = [price for price in held if price.holds_on(month)] or held[:1]
    return sum(price.yen * price.seats for price in found)
