"""Grid 方眼: reads an XLSX or DOCX form into cells with their spans."""

import io
import zipfile
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import PurePath

from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook

from todoke.formbuilder.paper_import.plain_text import one_line, plain
from todoke.formbuilder.paper_import.sheet_parts import SheetParts, sheet_parts
from todoke.runtime.refusals import Unreadable
from todoke.text_extraction.word import WordTable, read_word
from todoke.text_extraction.word_parts import refuse_ole

LARGEST_FILE = 20 * 1024 * 1024
LARGEST_INSIDE = 200 * 1024 * 1024
MOST_CELLS = 200_000
LINES = "本文"


@dataclass(frozen=True)
class Cell:
    """ます目: a merged or single cell with its text; rows and columns count from 0."""

    text: str
    row: int
    column: int
    height: int = 1
    width: int = 1

    @property
    def words(self) -> str:
        """The text in one line; characters spaced out for layout are joined."""
        return one_line(self.text)

    @property
    def right(self) -> int:
        """The first column to the right of the cell."""
        return self.column + self.width

    @property
    def below(self) -> int:
        """The first row below the cell."""
        return self.row + self.height


@dataclass(frozen=True)
class Grid:
    """方眼: the cells of one sheet, of one table, or of lines of text between tables; ``floating`` are texts on top."""

    name: str
    cells: list[Cell] = field(default_factory=list)
    written: bool = False
    framed: frozenset[tuple[int, int]] = frozenset()
    floating: tuple[str, ...] = ()

    @cached_property
    def places(self) -> dict[tuple[int, int], Cell]:
        """The covering cell of every (row, column) of the grid."""
        return {
            (row, column): cell
            for cell in self.cells
            for row in range(cell.row, cell.below)
            for column in range(cell.column, cell.right)
        }

    @cached_property
    def width(self) -> int:
        """The number of columns."""
        return max((cell.right for cell in self.cells), default=0)

    @cached_property
    def height(self) -> int:
        """The number of rows."""
        return max((cell.below for cell in self.cells), default=0)

    def is_real(self, cell: Cell) -> bool:
        """Tell whether a cell stands in the file; others are places without text, merge or frame."""
        return self.places.get((cell.row, cell.column)) is cell

    def at(self, row: int, column: int) -> Cell:
        """Return the cell that covers a place; a blank one where there is none."""
        return self.places.get((row, column)) or Cell("", row, column)

    def beside(self, cell: Cell) -> Cell | None:
        """Return the cell to the right; an empty place is a blank cell; None at the edge of what is drawn."""
        if cell.right < self.width or (cell.right == self.width and not self.written and not self.framed):
            return self.at(cell.row, cell.right)
        return None

    def address(self, cell: Cell) -> str:
        """Return the address of a cell as in Excel (B3), or as row and column of a table in Word."""
        if self.name == LINES:
            return f"{LINES} {cell.row + 1}行"
        if self.written:
            return f"{self.name} {cell.row + 1}行{cell.column + 1}列"
        letters, column = "", cell.column + 1
        while column:
            column, rest = divmod(column - 1, 26)
            letters = chr(65 + rest) + letters
        return f"{self.name}!{letters}{cell.row + 1}"


def read_grids(name: str, content: bytes) -> list[Grid]:
    """Read the sheets or tables of a form file. Raises Unreadable for other, damaged and hostile files."""
    suffix = PurePath(name).suffix.lower()
    if suffix not in {".xlsx", ".docx"}:
        raise Unreadable("XLSXまたはDOCXのファイルを選んでください。古い形式(.xls・.doc)は、保存し直してください。")
    refuse_ole(content)
    _reject_zip_bombs(content)
    try:
        return _workbook(content) if suffix == ".xlsx" else _letter(content)
    except (CalamineError, KeyError, ValueError, OSError, zipfile.BadZipFile):
        raise Unreadable("ファイルが壊れているか、中身の種類が名前と違います。開いて保存し直してください。") from None


def _reject_zip_bombs(content: bytes) -> None:
    if len(content) > LARGEST_FILE:
        raise Unreadable("ファイルが大きすぎます(20MBまで)。")
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            inside = sum(part.file_size for part in archive.infolist())
    except zipfile.BadZipFile:
        raise Unreadable("ファイルが壊れているか、中身の種類が名前と違います。開いて保存し直してください。") from None
    if inside > LARGEST_INSIDE:
        raise Unreadable("ファイルの中身が大きすぎます(200MBまで)。")


def _workbook(content: bytes) -> list[Grid]:
    workbook = CalamineWorkbook.from_filelike(io.BytesIO(content))
    sheets = [workbook.get_sheet_by_name(name) for name in workbook.sheet_names]
    for sheet in sheets:
        if sheet.total_height * sheet.total_width > MOST_CELLS:
            raise Unreadable(f"シート「{sheet.name}」が大きすぎます。様式のシートだけにしてください。")
    parts = sheet_parts(content, MOST_CELLS)
    return [_sheet(sheet, parts.get(sheet.name, SheetParts())) for sheet in sheets]


def _sheet(sheet: CalamineSheet, parts: SheetParts) -> Grid:
    rows = sheet.to_python(skip_empty_area=False)
    spans = dict(sheet.merged_cell_ranges or [])
    covered = {
        (row, column)
        for (top, left), (bottom, right) in spans.items()
        for row in range(top, min(bottom, top + 2000) + 1)
        for column in range(left, min(right, left + 500) + 1)
    }
    written = {
        (row, column): plain(str(value))
        for row, values in enumerate(rows)
        for column, value in enumerate(values)
        if value not in ("", None)
    }
    for place, choices in parts.choices.items():
        if not written.get(place, "").strip():
            written[place] = choices
    floating = []
    for place, text in parts.shapes:
        if written.get(place) or place in covered:
            floating.append(plain(text))
        else:
            written[place] = plain(text)
    singles = (parts.framed | set(written)) - covered
    cells = [Cell(written.get(place, ""), *place) for place in singles]
    for (top, left), (bottom, right) in spans.items():
        cells.append(Cell(written.get((top, left), ""), top, left, bottom - top + 1, right - left + 1))
    cells.sort(key=lambda cell: (cell.row, cell.column))
    return Grid(sheet.name, cells, framed=frozenset(parts.framed), floating=tuple(floating))


def _letter(content: bytes) -> list[Grid]:
    document = read_word(content, forms=True)
    grids: list[Grid] = []
    line = tables = 0
    for block in document.blocks:
        if isinstance(block, WordTable):
            tables += 1
            cells = [Cell(plain(one.text), one.row, one.column, one.height, one.width) for one in block.cells]
            grids.append(Grid(f"表{tables}", cells, written=True))
            continue
        for text in block.split("\n"):
            if not text.strip():
                continue
            if not grids or grids[-1].name != LINES:
                grids.append(Grid(LINES, [], written=True))
            grids[-1].cells.append(Cell(plain(text), line, 0))
            line += 1
    return grids
