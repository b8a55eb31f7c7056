"""Exports 書き出し: tables as CSV and XLSX; what people typed never becomes a formula."""

import csv
import io
from collections.abc import Iterable, Sequence
from datetime import date, datetime

import xlsxwriter
from django.http import HttpResponse
from django.utils.http import content_disposition_header

from todoke.japanese.calendar import JAPAN, today

RISKY = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def plain(cell: object) -> str:
    """Write a cell: times of Japan, and a quotation mark before what a spreadsheet would take for a formula."""
    if isinstance(cell, datetime):
        return f"{cell.astimezone(JAPAN):%Y-%m-%d %H:%M}"
    if isinstance(cell, date):
        return cell.isoformat()
    text = "" if cell is None else str(cell)
    return f"'{text}" if isinstance(cell, str) and text.startswith(RISKY) else text


def table_response(name: str, heads: Sequence[str], rows: Iterable[Sequence[object]], kind: str) -> HttpResponse:
    """Return a table as a download; ``kind`` is csv (UTF-8 with a mark, for Excel) or xlsx."""
    made = _xlsx(heads, rows) if kind == "xlsx" else _csv(heads, rows)
    ending, media = ("xlsx", XLSX) if kind == "xlsx" else ("csv", "text/csv; charset=utf-8")
    header = content_disposition_header(True, f"{name}_{today():%Y%m%d}.{ending}")
    return HttpResponse(made, content_type=media, headers={"Content-Disposition": header or "attachment"})


def _csv(heads: Sequence[str], rows: Iterable[Sequence[object]]) -> bytes:
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(heads)
    writer.writerows([plain(cell) for cell in row] for row in rows)
    return text.getvalue().encode("utf-8-sig")


def _xlsx(heads: Sequence[str], rows: Iterable[Sequence[object]]) -> bytes:
    file = io.BytesIO()
    book = xlsxwriter.Workbook(file, {"constant_memory": True, "in_memory": True})
    sheet = book.add_worksheet()
    bold = book.add_format({"bold": True})
    for column, head in enumerate(heads):
        sheet.write_string(0, column, head, bold)
    for line, row in enumerate(rows, 1):
        for column, cell in enumerate(row):
            if isinstance(cell, int):
                sheet.write_number(line, column, cell)
            else:
                sheet.write_string(line, column, cell if isinstance(cell, str) else plain(cell))
    book.close()
    return file.getvalue()
