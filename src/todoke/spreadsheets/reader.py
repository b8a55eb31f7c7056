"""Reader 表ファイル: one reader for the tables that people send, CSV or Excel, by content and not by name.

The sheet and the headings are found; every cell is read as Excel shows it, or said to be left out, or the file is
refused in a sentence.
"""

import json
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import chain, islice
from pathlib import Path
from typing import IO

from todoke.file_validation.bounded_read import ReadLimits, read_within
from todoke.runtime.refusals import Unreadable
from todoke.spreadsheets.delimited import open_rows
from todoke.spreadsheets.encodings import UnreadableFile
from todoke.spreadsheets.headings import WITHIN, HeadingBlock, Headings, find_headings
from todoke.spreadsheets.rows_below import ABOVE, LeftOut, data_rows, row_text
from todoke.spreadsheets.workbook import OLE, BookSheet, open_book

__all__ = ["Headings", "LeftOut", "Sheet", "UnreadableFile", "open_sheet", "sheet_of"]
MAX_BYTES = 200 * 1024 * 1024
LIMITS = ReadLimits(seconds=30)
_OTHERS = {b"MZ": "実行ファイル(.exe)", b"%PDF": "PDF", b"\x89PNG": "画像", b"\xff\xd8\xff": "画像"}
Row = tuple[int, list[str]]


@dataclass
class Sheet:
    """A table: its headings, the rows below with their line number as in Excel, and the encoding.

    ``left_out`` is whole after the last row was read.
    """

    headers: list[str]
    rows: Iterator[Row]
    encoding: str
    left_out: list[LeftOut] = field(default_factory=list)


def open_sheet(path: Path, wanted: Sequence[Headings], *, guess: bool = False) -> Sheet:
    """Open a CSV or Excel file whose headings are one of the wanted; a workbook is unpacked in a child process.

    With ``guess`` a file without them is read by the headings that it seems to have. Raises UnreadableFile.
    """
    if not _is_workbook(path):
        return sheet_of(path, wanted, guess=guess)
    with tempfile.NamedTemporaryFile(mode="w+", encoding="utf-8") as unpacked:
        try:
            headers, left_out = read_within(
                LIMITS, unpack_workbook, path, tuple(wanted), Path(unpacked.name), guess=guess
            )
        except Unreadable as refusal:
            raise UnreadableFile(str(refusal), "") from refusal
        return Sheet(headers, _unpacked_rows(Path(unpacked.name).open(encoding="utf-8")), "XLSX", left_out)


def _unpacked_rows(lines: IO[str]) -> Iterator[Row]:
    with lines:
        for line in lines:
            number, cells = json.loads(line)
            yield number, cells


def unpack_workbook(
    path: Path, wanted: Sequence[Headings], target: Path, *, guess: bool = False
) -> tuple[list[str], list[LeftOut]]:
    """Return the headings and what is left out, and write the rows as lines of JSON. Raises UnreadableFile."""
    sheet = sheet_of(path, wanted, guess=guess)
    with target.open("w", encoding="utf-8") as file:
        for row in sheet.rows:
            file.write(json.dumps(row, ensure_ascii=False) + "\n")
    return sheet.headers, sheet.left_out


def cell_text(path: Path, sheet: str) -> str:
    """Return the first cell of a sheet, seen or hidden; empty where there is none. Raises UnreadableFile."""
    page = next((one for one in open_book(path, hidden=True) if one.name == sheet), None)
    _, cells = next(page.rows(), (0, [""])) if page else (0, [""])
    return cells[0] if cells else ""


def sheet_of(path: Path, wanted: Sequence[Headings], *, guess: bool = False) -> Sheet:
    """Like ``open_sheet``, in this process. With ``guess`` the likeliest rows are taken for want of headings."""
    if _is_workbook(path):
        return _of_book(open_book(path), wanted, guess=guess)
    rows, encoding = open_rows(path.open("rb"))
    return _below(list(islice(rows, WITHIN)), rows, wanted, encoding, guess=guess)


def _is_workbook(path: Path) -> bool:
    size = path.stat().st_size
    if size == 0:
        raise UnreadableFile("ファイルが空です。", "中身のあるファイルを選んでください。")
    if size > MAX_BYTES:
        raise UnreadableFile(f"ファイルが大きすぎます({size:,} バイト)。", "200MB までに分けてください。")
    with path.open("rb") as file:
        start = file.read(8)
    for magic, kind in _OTHERS.items():
        if start.startswith(magic):
            raise UnreadableFile(
                f"これは表ではなく{kind}です。", "Excel の「名前を付けて保存」で CSV か XLSX にしてください。"
            )
    return start.startswith((b"PK", OLE))


def _of_book(sheets: Sequence[BookSheet], wanted: Sequence[Headings], *, guess: bool) -> Sheet:
    blocks = [_block(list(islice(one.rows(across=WITHIN), WITHIN)), wanted, one) for one in sheets]
    places = range(len(sheets))
    best = max(places, key=lambda at: (blocks[at].is_whole, blocks[at].known, -at))
    page, block = sheets[best], blocks[best]
    rows = page.rows(across=block.last + 1)
    found = _below(list(islice(rows, WITHIN)), rows, wanted, "XLSX", block=block, guess=guess)
    for at in places:
        size = sheets[at].height
        if at != best and size:
            same = blocks[at].is_whole and blocks[at].known == block.known
            why = "同じ見出しの別のシート。取り込むときは、別のファイルにしてください" if same else "別のシート"
            found.left_out.append(LeftOut(0, f"シート「{sheets[at].name}」の{size:,}行", why))
    return found


def _block(first: list[Row], wanted: Sequence[Headings], page: BookSheet | None = None) -> HeadingBlock:
    rows = [cells for _, cells in first] or [[]]
    return find_headings(rows, wanted, page.tall(len(rows)) if page else ())


def _below(
    first: list[Row], rest: Iterator[Row], wanted: Sequence[Headings], encoding: str, *,
    guess: bool, block: HeadingBlock | None = None,
) -> Sheet:  # fmt: skip
    block = block or _block(first, wanted)
    if not block.is_whole:
        block = replace(block, wanted=Headings(())) if guess else _refuse(block)
    left_out = [
        LeftOut(number, text, ABOVE)
        for number, cells in first[: block.first]
        if (text := row_text(dict.fromkeys(cells)))
    ]
    rows = data_rows(chain(first[block.last + 1 :], rest), block, left_out)
    return Sheet(block.labels, rows, encoding, left_out)


def _refuse(block: HeadingBlock) -> HeadingBlock:
    missing = "」「".join(block.wanted.missing(block.labels))
    shown = row_text(dict.fromkeys(block.labels)) or "空"
    raise UnreadableFile(
        f"見出し「{missing}」の列が見つかりません。",
        f"{WITHIN}行目までに見出しの行を置いてください(いまの見出しらしい行: {shown})。",
    )
