"""Workbook ブック: the sheets of an Excel file as rows of text, each cell as Excel shows it."""

import io
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from functools import cached_property
from pathlib import Path
from typing import Any

from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook, SheetVisibleEnum

from todoke.file_validation import zip_safety
from todoke.spreadsheets.encodings import UnreadableFile
from todoke.spreadsheets.shown_cells import Shown, shown_cells

OLE = b"\xd0\xcf\x11\xe0"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
MOST_CELLS = 12_000_000
Row = tuple[int, list[str]]


@dataclass(frozen=True)
class BookSheet:
    """シート: its name, and its rows with merged cells filled downwards; ``shown`` overrides cells by place."""

    name: str
    page: CalamineSheet
    shown: Shown = field(default_factory=dict)

    @property
    def height(self) -> int:
        """The number of rows down to the last one that holds anything."""
        return self.page.end[0] + 1 if self.page.end else 0

    @cached_property
    def merged(self) -> list[tuple[tuple[int, int], tuple[int, int]]]:
        """First and last cell of each merged range."""
        return list(self.page.merged_cell_ranges or [])

    @cached_property
    def _covered(self) -> dict[tuple[int, int], tuple[int, int]]:
        """The first cell of the range of each place in a merged range, which may be as tall as a table."""
        return {
            (row, column): (top, left)
            for (top, left), (bottom, right) in self.merged
            for row in range(top, min(bottom, top + 2000) + 1)
            for column in range(left, min(right, left + 200) + 1)
        }

    def tall(self, rows: int) -> list[int]:
        """Return for each of the first rows how many rows the tallest merged cell that begins there covers."""
        heights = [1] * rows
        for (top, _), (bottom, _) in self.merged:
            if top < rows:
                heights[top] = max(heights[top], bottom - top + 1)
        return heights

    def rows(self, *, across: int = 0) -> Iterator[Row]:
        """Yield the rows by their number in Excel; a merged text stands in each row, across in ``across`` too.

        A merged number stands once, so that no sum counts it twice.
        """
        held: dict[tuple[int, int], str] = {}
        for at, cells in enumerate(self.page.iter_rows()):
            row = list(map(text_of, cells))
            if self.shown:
                row = [self.shown.get((at, column), cell) for column, cell in enumerate(row)]
            if self.merged:
                self._fill(at, cells, row, held, across)
            yield at + 1, row

    def _fill(self, at: int, cells: list[Any], row: list[str], held: dict[tuple[int, int], str], across: int) -> None:
        for column, cell in enumerate(row):
            top = self._covered.get((at, column))
            if top == (at, column):
                held[top] = "" if isinstance(cells[column], int | float) and at >= across else cell
            elif top is not None and not cell and (top[1] == column or at < across):
                row[column] = held.get(top, "")


def text_of(cell: object) -> str:
    """Return a cell as Excel shows it: whole numbers without .0, 15 digits at most, days and times as ISO 8601."""
    if isinstance(cell, bool):
        return str(cell).upper()
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() else format(cell, ".15g")
    if isinstance(cell, datetime):
        rounded = (cell + timedelta(microseconds=500_000)).replace(microsecond=0)
        return f"{rounded:%Y-%m-%d %H:%M:%S}" if rounded.time() > time() else f"{rounded:%Y-%m-%d}"
    if isinstance(cell, date):
        return cell.isoformat()
    if isinstance(cell, time):
        return cell.isoformat("seconds")
    if isinstance(cell, timedelta):
        seconds = round(cell.total_seconds())
        return f"{seconds // 3600}:{seconds // 60 % 60:02}:{seconds % 60:02}"
    return "" if cell is None else str(cell)


def open_book(path: Path, *, hidden: bool = False) -> list[BookSheet]:
    """Return the sheets of a workbook that a person sees, or all. Raises UnreadableFile."""
    content = path.read_bytes()
    if content.startswith(OLE) and _ENCRYPTED in content:
        raise UnreadableFile("パスワードが付いた Excel ファイルです。", "パスワードを外して保存し直してください。")
    zipped = content.startswith(b"PK")
    try:
        if zipped:
            zip_safety.check_zip(path)
        book = CalamineWorkbook.from_filelike(io.BytesIO(content))
        shown = shown_cells(io.BytesIO(content)) if zipped else {}
        visible = [one.name for one in book.sheets_metadata if hidden or one.visible == SheetVisibleEnum.Visible]
        sheets = [BookSheet(name, _page(book, name), shown.get(name, {})) for name in visible]
    except zip_safety.UnsafeArchive as problem:
        raise UnreadableFile(
            str(problem), "元の表を Excel で開き、値だけを新しいファイルに貼り付けてください。"
        ) from problem
    except (CalamineError, ValueError, KeyError) as problem:
        raise UnreadableFile("Excel のファイルとして読めません。", "Excel で開いて保存し直してください。") from problem
    if not sheets:
        raise UnreadableFile("シートがありません。", "表のあるファイルを選んでください。")
    return sheets


def _page(book: CalamineWorkbook, name: str) -> CalamineSheet:
    page = book.get_sheet_by_name(name)
    if page.total_height * page.total_width > MOST_CELLS:
        raise UnreadableFile(
            f"シート「{name}」が大きすぎます。", "要るところだけを新しいファイルに写すか、いくつかに分けてください。"
        )
    return page
