"""Eligible table 対象者の表: numbers and years of birth of a CSV or Excel file."""

from collections.abc import Iterator

from todoke.file_validation.bounded_read import read_bounded
from todoke.japanese.parsers import to_half_width
from todoke.runtime.parameters import year
from todoke.spreadsheets.headings import Headings
from todoke.spreadsheets.table import read_table

NUMBER, BORN = ("宛名番号", "住民番号"), ("生まれた年", "生年", "出生年")
MOST = 100_000


def read_people(content: bytes) -> Iterator[tuple[str, int | None]]:
    """Yield number and year of birth of each row; None where the year is no year. Raises Unreadable."""
    table = read_bounded(read_table, content, [Headings(required=(NUMBER,), known=BORN)], most=MOST)
    for _, cells in table.records():
        number = next((cells[name] for name in NUMBER if cells.get(name)), "")
        born = next((cells[name] for name in BORN if cells.get(name)), "")
        if number:
            yield number, year(to_half_width(born))
