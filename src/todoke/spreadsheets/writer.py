"""Writing tables 表の書き出し: CSV and XLSX, with times of Japan; what people typed never becomes a formula."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from decimal import Decimal

from todoke.japanese.calendar import JAPAN
from todoke.lazy_modules import xlsxwriter
from todoke.spreadsheets.formula_escape import escape

CSV = "text/csv; charset=utf-8"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
LONGEST_CELL = 32_767
"""Characters that Excel takes in one cell; XlsxWriter leaves out a longer text without a word."""


def in_japan(cell: object) -> object:
    """Return times and dates as text (2026-11-22 09:00, of Japan), anything else as it is."""
    if isinstance(cell, datetime):
        return f"{cell.astimezone(JAPAN):%Y-%m-%d %H:%M}"
    return cell.isoformat() if isinstance(cell, date) else cell


def csv_lines(heads: Sequence[object], rows: Iterable[Sequence[object]]) -> Iterator[str]:
    """Yield a table as CSV text, line by line, with the mark that Excel needs to see UTF-8."""
    yield "\ufeff"
    for row in _with_heads(heads, rows):
        out = io.StringIO()
        csv.writer(out).writerow([escape(in_japan(cell)) for cell in row])
        yield out.getvalue()


def _with_heads(heads: Sequence[object], rows: Iterable[Sequence[object]]) -> Iterator[Sequence[object]]:
    yield heads
    yield from rows


def xlsx_file(heads: Sequence[str], rows: Iterable[Sequence[object]]) -> bytes:
    """Return a table as an Excel workbook of one sheet; numbers stay numbers, texts stay texts."""
    file = io.BytesIO()
    book = xlsxwriter.Workbook(file, {"in_memory": True})
    sheet = book.add_worksheet()
    bold = book.add_format({"bold": True})
    for column, head in enumerate(heads):
        sheet.write_string(0, column, head, bold)
    for line, row in enumerate(rows, 1):
        for column, cell in enumerate(row):
            if isinstance(cell, int | float | Decimal):
                sheet.write_number(line, column, cell)
            else:
                text = in_japan(cell)
                sheet.write_string(line, column, "" if text is None else str(text)[:LONGEST_CELL])
    book.close()
    return file.getvalue()
