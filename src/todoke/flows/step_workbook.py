"""Step workbook 手順の Excel: the step table as an xlsx file that a clerk fills in, and the reader of that file."""

from __future__ import annotations

import io
import zipfile
from typing import Any

from todoke.flows.step_rows import COLUMNS, MAX_ROWS, RowProblem, cells_from_table, table_from_cells
from todoke.flows.step_table import NODE_KIND_LABELS, PARTY_KIND_LABELS, StepTable
from todoke.lazy_modules import xlsxwriter
from todoke.runtime.refusals import Unreadable
from todoke.spreadsheets.headings import Headings
from todoke.spreadsheets.table import read_table

MAX_FILE_BYTES = 2_000_000
MAX_UNPACKED_BYTES = 50_000_000
_WIDTHS = {"name": 32, "party": 16, "next": 28, "wait_reason": 24, "law": 20}
SHEET_NAME, GUIDE_NAME = "手順", "書き方"
WANTED = (Headings(((COLUMNS["name"],),), tuple(COLUMNS.values()), every_row=True),)


def write_workbook(table: StepTable) -> bytes:
    """Return the table as xlsx bytes, with validation lists for the kinds and a sheet of instructions."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    head = book.add_format({"bold": True, "bg_color": "#f2f2f2", "border": 1, "text_wrap": True, "valign": "top"})
    body = book.add_format({"border": 1, "text_wrap": True, "valign": "top"})
    sheet = book.add_worksheet(SHEET_NAME)
    sheet.freeze_panes(1, 2)
    sheet.set_landscape()
    sheet.set_paper(8)
    sheet.fit_to_pages(1, 0)
    for column, (name, term) in enumerate(COLUMNS.items()):
        sheet.set_column(column, column, _WIDTHS.get(name, 10))
        sheet.write_string(0, column, term, head)
    for line, cell in enumerate(cells_from_table(table), 1):
        for column, name in enumerate(COLUMNS):
            sheet.write_string(line, column, cell.get(name, ""), body)
    places = list(COLUMNS)
    for name, terms in (("kind", NODE_KIND_LABELS), ("party_kind", PARTY_KIND_LABELS)):
        at = places.index(name)
        choice: dict[str, Any] = {"validate": "list", "source": list(terms.values())}
        sheet.data_validation(1, at, MAX_ROWS, at, choice)
    guide = book.add_worksheet(GUIDE_NAME)
    guide.set_column(0, 0, 90)
    for line, text in enumerate(INSTRUCTIONS):
        guide.write_string(line, 0, text)
    book.close()
    return out.getvalue()


INSTRUCTIONS = (
    "1行に1つの手順を書きます。上から順に進みます。",
    "「次の手順」が空なら、次の行に進みます。終わるときは「終」と書きます。",
    "分かれるときは「3 80% 足りる; 5 20% 足りない」のように、行の番号、割合、ことばを「;」で区切って書きます。",
    "分は1件あたりの作業の時間です。待ちは何もしないで待つ時間です(1日は480分)。",
    "同時に進めるときは、種類を「同時進行」にして「4; 5」のように書き、そろうところにも「同時進行」の行を置きます。",
)


def read_workbook(raw: bytes, title: str = "") -> tuple[StepTable, list[RowProblem]]:
    """Return step table and problems of an xlsx file; columns are found by their headings. Raises Unreadable."""
    if len(raw) > MAX_FILE_BYTES or _unpacked_bytes(raw) > MAX_UNPACKED_BYTES:
        raise Unreadable("ファイルが大きすぎます。手順の表だけのファイルにしてください。")
    if not raw.startswith(b"PK"):
        raise Unreadable("Excel のファイルとして読めません。「.xlsx」で保存し直してください。")
    found = read_table(raw, WANTED)
    terms = {term: name for name, term in COLUMNS.items()}
    heads = [terms.get(head, "") for head in found.heads]
    cells = [{head: cell for head, cell in zip(heads, line, strict=False) if head} for _, line in found.rows]
    table, problems = table_from_cells(cells, title)
    unread = [one for one in found.left_out if not one.text.startswith(f"シート「{GUIDE_NAME}」")]
    return table, [*problems, *(RowProblem(one.row, "number", f"{one}は読んでいません。") for one in unread)]


def _unpacked_bytes(raw: bytes) -> int:
    try:
        return sum(entry.file_size for entry in zipfile.ZipFile(io.BytesIO(raw)).infolist())
    except zipfile.BadZipFile:
        return 0
