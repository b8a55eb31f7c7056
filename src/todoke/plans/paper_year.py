"""Paper of a year 紙の一年: sections by twelve months with what is missing, and the forecast. Pure arithmetic."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from todoke.japanese.calendar import is_office_day

WORKING_DAYS = 5
Figures = Mapping[tuple[str, date], int]


def months_of(year: int) -> list[date]:
    """Return the first days of the months of a fiscal year, April first."""
    return [date(year + (month < 4), month, 1) for month in (4, 5, 6, 7, 8, 9, 10, 11, 12, 1, 2, 3)]


def due_on(month: date) -> date:
    """Return the fifth working day after a month, on which its figures are due."""
    day, left = (month.replace(day=28) + timedelta(days=4)).replace(day=1), WORKING_DAYS
    while True:
        left -= is_office_day(day)
        if not left:
            return day
        day += timedelta(days=1)


@dataclass(frozen=True)
class PaperForecast:
    """見込み: last year's total times this year's months over the same months of last year."""

    so_far: int
    same_months: int
    last_total: int
    pairs: int

    @property
    def value(self) -> int | None:
        """The forecast of the year in sheets; None where last year says nothing of the same months."""
        return round(self.last_total * self.so_far / self.same_months) if self.same_months else None


@dataclass(frozen=True)
class PaperRow:
    """部署の一年: sheets of a section by month, None where missing or not due yet; ``missing`` are the due ones."""

    name: str
    months: list[date]
    cells: list[int | None]
    missing: list[date]

    @property
    def entries(self) -> list[tuple[int | None, bool]]:
        """The sheets of each month, and whether they are missing."""
        return [(cell, month in self.missing) for month, cell in zip(self.months, self.cells, strict=True)]

    @property
    def total(self) -> int:
        return sum(cell for cell in self.cells if cell is not None)


@dataclass(frozen=True)
class PaperYear:
    """紙の一年: the rows of the sections, reported and expected months, and the forecast."""

    year: int
    months: list[date]
    rows: list[PaperRow]
    forecast: PaperForecast

    @property
    def total(self) -> int:
        return sum(row.total for row in self.rows)

    @property
    def reported(self) -> int:
        return sum(cell is not None for row in self.rows for cell in row.cells)

    @property
    def expected(self) -> int:
        return len(self.rows) * len(self.months)

    @property
    def missing(self) -> list[tuple[str, date]]:
        """Section and month of everything that is due and was not reported."""
        return [(row.name, month) for row in self.rows for month in row.missing]

    @property
    def by_month(self) -> list[int | None]:
        """The sheets of all sections by month; None where a section is missing, so that the sum would mislead."""
        columns = zip(*(row.cells for row in self.rows), strict=True) if self.rows else iter([()] * len(self.months))
        return [None if not cells or None in cells else sum(cell or 0 for cell in cells) for cells in columns]


def paper_year(year: int, sections: Sequence[str], figures: Figures, on: date) -> PaperYear:
    """Return the year of the sections as of a day; ``figures`` holds this year's and last year's sheets."""
    months = months_of(year)
    rows = []
    for name in sections:
        cells = [figures.get((name, month)) for month in months]
        missing = [m for m, cell in zip(months, cells, strict=True) if cell is None and due_on(m) < on]
        rows.append(PaperRow(name, months, cells, missing))
    return PaperYear(year, months, rows, _forecast(sections, months, months_of(year - 1), figures))


def _forecast(
    sections: Iterable[str], months: Sequence[date], before: Sequence[date], figures: Figures
) -> PaperForecast:
    """Compare only the months of a section that both years have."""
    so_far = same = total = pairs = 0
    for name in sections:
        for now, then in zip(months, before, strict=True):
            this, last = figures.get((name, now)), figures.get((name, then))
            total += last or 0
            if this is not None and last is not None:
                so_far, same, pairs = so_far + this, same + last, pairs + 1
    return PaperForecast(so_far, same, total, pairs)
