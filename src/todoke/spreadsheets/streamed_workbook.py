"""Streamed workbook 大きなブック: an Excel file of several sheets, written row by row in constant memory.

A text stays a text whatever it looks like (090…, 0012, =1+1), a day is a day, a number is a number; the same rows give
the same bytes. Written as plain Office Open XML, because a library asks more of each cell than the cell itself costs.
"""

import re
import zipfile
from collections.abc import Sequence
from datetime import date, datetime
from io import TextIOWrapper
from pathlib import Path
from types import TracebackType
from typing import Self
from xml.sax.saxutils import escape, quoteattr

from todoke.runtime.refusals import Refused
from todoke.spreadsheets import office_xml
from todoke.spreadsheets.writer import LONGEST_CELL

_FORBIDDEN = re.compile(r"[\[\]:*?/\\'\x00-\x1f]")
_SPECIAL = re.compile(r"[&<>\x00-\x08\x0b-\x1f\ufffe\uffff]|_x(?=[0-9A-Fa-f]{4}_)")
_UNSEEN = re.compile(r"[\x00-\x08\x0b-\x1f\ufffe\uffff]|_(?=x[0-9A-Fa-f]{4}_)")
LONGEST_TITLE = 31
FIRST_DAY, EPOCH = date(1900, 3, 1), date(1899, 12, 30)
"""Excel counts days rightly from here on; an earlier one is written as a text."""


class CellTooLong(Refused):
    """セルに入らない: a text is longer than one cell takes; nothing is cut off in silence."""

    status = 422


def xml_text(text: str) -> str:
    """Return a text as Office Open XML holds it: markup as entities, control characters as _x0001_."""
    if _SPECIAL.search(text) is None:
        return text
    return escape(_UNSEEN.sub(lambda found: f"_x{ord(found[0]):04X}_", text))


def column_letters(number: int) -> str:
    """Return the letters of a column, counted from 0: A, Z, AA."""
    letters = ""
    number += 1
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


class StreamedSheet:
    """シート: takes rows from top to bottom."""

    def __init__(self, path: Path, heads: Sequence[str], widths: Sequence[int]) -> None:
        self.path, self._line = path, 1
        self._letters = [column_letters(place) for place in range(max(len(heads), 1))]
        self._file: TextIOWrapper = path.open("w", encoding="utf-8", newline="")
        self._file.write(office_xml.sheet_head(widths or [16] * len(heads)))
        cells = "".join(self._text(place, head, office_xml.BOLD) for place, head in enumerate(heads))
        self._file.write(f'<row r="1">{cells}</row>')

    def append(self, cells: Sequence[object]) -> None:
        """Write the next row. Raises CellTooLong."""
        self._line += 1
        line, letters = self._line, self._letters
        found = [f'<row r="{line}">']
        for place, cell in enumerate(cells):
            if cell is None or cell == "":
                continue
            if type(cell) is str:
                found.append(self._text(place, cell, office_xml.TEXT, cells[0]))
            elif isinstance(cell, int | float) and not isinstance(cell, bool):
                found.append(f'<c r="{letters[place]}{line}"><v>{cell}</v></c>')
            elif isinstance(cell, date) and not isinstance(cell, datetime) and cell >= FIRST_DAY:
                days = (cell - EPOCH).days
                found.append(f'<c r="{letters[place]}{line}" s="{office_xml.DAY}"><v>{days}</v></c>')
            else:
                text = cell.isoformat() if isinstance(cell, date) else str(cell)
                found.append(self._text(place, text, office_xml.TEXT, cells[0]))
        found.append("</row>")
        self._file.write("".join(found))

    def _text(self, place: int, text: str, style: int, of: object = "") -> str:
        if len(text) > LONGEST_CELL:
            raise CellTooLong(
                f"{of}の{place + 1}列目の文字({len(text):,}文字)が、Excel の一つのセルに入りません。"
                "繰り返しを別の表にするか、CSV か JSON を選んでください。"
            )
        where = f"{self._letters[place]}{self._line}"
        return f'<c r="{where}" s="{style}" t="inlineStr"><is><t xml:space="preserve">{xml_text(text)}</t></is></c>'

    def finish(self) -> None:
        """Complete the sheet."""
        self._file.write(office_xml.SHEET_END)
        self._file.close()


class StreamedWorkbook:
    """大きなブック: ``with StreamedWorkbook(path, made_at) as book: book.sheet("回答", heads).append(row)``."""

    def __init__(self, path: Path, made_at: datetime, *, remark: str = "") -> None:
        self._path, self._made_at, self._remark = path, made_at, remark
        self._sheets: dict[str, StreamedSheet] = {}

    def sheet(self, title: str, heads: Sequence[str], widths: Sequence[int] = ()) -> StreamedSheet:
        """Add a sheet under a title that Excel takes and no other sheet has."""
        free = self._free_title(title)
        place = self._path.with_suffix(f".sheet{len(self._sheets) + 1}")
        self._sheets[free] = StreamedSheet(place, heads, widths)
        return self._sheets[free]

    def _free_title(self, title: str) -> str:
        taken = {name.lower() for name in self._sheets}
        plain = _FORBIDDEN.sub(" ", title).strip()[:LONGEST_TITLE] or "シート"
        found, count = plain, 1
        while found.lower() in taken:
            count += 1
            found = f"{plain[: LONGEST_TITLE - len(str(count)) - 1]} {count}"
        return found

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for sheet in self._sheets.values():
            sheet.finish()
        if error is None:
            self._write()

    def _write(self) -> None:
        titles = [quoteattr(title) for title in self._sheets]
        parts = office_xml.package(titles, self._made_at, xml_text(self._remark))
        with zipfile.ZipFile(self._path, "w", zipfile.ZIP_DEFLATED, compresslevel=4) as archive:
            for name, text in parts.items():
                archive.writestr(_entry(name), text)
            for number, sheet in enumerate(self._sheets.values(), 1):
                with sheet.path.open("rb") as file, archive.open(_entry(office_xml.sheet_name(number)), "w") as entry:
                    while block := file.read(1 << 20):
                        entry.write(block)


def _entry(name: str) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
    entry.compress_type = zipfile.ZIP_DEFLATED
    return entry
