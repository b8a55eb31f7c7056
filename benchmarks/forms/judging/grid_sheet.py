"""Sheets of 方眼紙: narrow square columns with merged, framed boxes and loose texts."""

from pathlib import Path

from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Side
from openpyxl.worksheet.worksheet import Worksheet

THIN = Side(style="thin")
BOX = Border(left=THIN, right=THIN, top=THIN, bottom=THIN)


def sheet(title: str) -> tuple[Workbook, Worksheet]:
    """A workbook with one sheet of narrow square columns."""
    book = Workbook()
    page = book.worksheets[0]
    page.title = title
    for number in range(1, 41):
        page.column_dimensions[page.cell(1, number).column_letter].width = 2.7
    return book, page


def put(page: Worksheet, area: str, text: str = "", line: bool = True) -> None:
    """Merge an area, write its text and draw its frame."""
    first = area.split(":")[0]
    if ":" in area:
        page.merge_cells(area)
    page[first] = text or None
    page[first].alignment = Alignment(wrap_text=True, vertical="center")
    if line:
        for row in page[area] if ":" in area else ((page[area],),):
            for cell in row:
                cell.border = BOX


def fill(path: Path, title: str, boxes: list[tuple[str, str]], loose: list[tuple[str, str]]) -> None:
    """Write a form of boxes with a frame and of loose texts without one."""
    book, page = sheet(title)
    for area, text in boxes:
        put(page, area, text)
    for area, text in loose:
        put(page, area, text, line=False)
    book.save(path)
