"""Reader 表ファイル: reads untrusted CSV and XLSX files without relying on their size, encoding or name."""

import codecs
import csv
import json
import tempfile
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import date, datetime
from itertools import chain, islice
from pathlib import Path
from typing import IO

from python_calamine import CalamineError, CalamineWorkbook

from todoke.file_validation import zip_safety
from todoke.file_validation.bounded_read import ReadLimits, read_within
from todoke.runtime.refusals import Unreadable
from todoke.spreadsheets.formula_escape import unescape

MAX_BYTES = 200 * 1024 * 1024
LONGEST_LINE = 2_000_000
HEADER_WITHIN = 10
LIMITS = ReadLimits(seconds=30)
_BOMS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
_OTHERS = {
    b"MZ": "実行ファイル(.exe)",
    b"%PDF": "PDF",
    b"\xd0\xcf\x11\xe0": "古い形式の Excel(.xls)",
    b"\x89PNG": "画像",
}
csv.field_size_limit(100_000)


class UnreadableFile(Unreadable):
    """読めないファイル: says what is wrong with the whole file and what to do."""

    def __init__(self, problem: str, remedy: str) -> None:
        super().__init__(f"{problem}{remedy}")
        self.problem = problem
        self.remedy = remedy


@dataclass
class Sheet:
    """A table: its headers, the rows below with their line number as in Excel, and the encoding."""

    headers: list[str]
    rows: Iterator[tuple[int, list[str]]]
    encoding: str


def open_sheet(path: Path, needed: str) -> Sheet:
    """Open a CSV or XLSX file by its content; the header row has the column ``needed``. Raises UnreadableFile."""
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
    if start.startswith(b"PK"):
        return _bounded_workbook(path, needed)
    encoding = _encoding(path)
    return _below_header(enumerate(_csv_rows(path, encoding), 1), needed, encoding)


def _bounded_workbook(path: Path, needed: str) -> Sheet:
    """Unpack the workbook in a child process into lines of JSON, and read those lazily. Raises UnreadableFile."""
    with tempfile.NamedTemporaryFile(mode="w+", encoding="utf-8") as unpacked:
        try:
            headers = read_within(LIMITS, unpack_workbook, path, needed, Path(unpacked.name))
        except Unreadable as refusal:
            raise UnreadableFile(str(refusal), "") from refusal
        return Sheet(headers, _unpacked_rows(Path(unpacked.name).open(encoding="utf-8")), "XLSX")


def _unpacked_rows(lines: IO[str]) -> Iterator[tuple[int, list[str]]]:
    with lines:
        for line in lines:
            number, cells = json.loads(line)
            yield number, cells


def unpack_workbook(path: Path, needed: str, target: Path) -> list[str]:
    """Return the headers of a workbook and write the rows below them as lines of JSON. Raises UnreadableFile."""
    sheet = _workbook(path, needed)
    with target.open("w", encoding="utf-8") as file:
        for row in sheet.rows:
            file.write(json.dumps(row, ensure_ascii=False) + "\n")
    return sheet.headers


def cell_text(path: Path, sheet: str) -> str:
    """Return the text of the first cell of a sheet of a workbook; empty where there is no such sheet or cell.

    Raises UnreadableFile for an archive that is not safe to open.
    """
    try:
        zip_safety.check_zip(path)
        rows = CalamineWorkbook.from_path(str(path)).get_sheet_by_name(sheet).iter_rows()
        return _text(next(iter(rows), [""])[0])
    except zip_safety.UnsafeArchive as problem:
        raise UnreadableFile(str(problem), "配られたブックに書き写してください。") from problem
    except (CalamineError, IndexError, KeyError, ValueError):
        return ""


def _workbook(path: Path, needed: str) -> Sheet:
    try:
        zip_safety.check_zip(path)
    except zip_safety.UnsafeArchive as problem:
        raise UnreadableFile(
            str(problem), "元の表を Excel で開き、値だけを新しいファイルに貼り付けてください。"
        ) from problem
    try:
        workbook = CalamineWorkbook.from_path(str(path))
        names = workbook.sheet_names
        for name in names:
            rows = ([_text(cell) for cell in row] for row in workbook.get_sheet_by_name(name).iter_rows())
            try:
                return _below_header(enumerate(rows, 1), needed, "XLSX")
            except UnreadableFile:
                if name == names[-1]:
                    raise
    except CalamineError as problem:
        raise UnreadableFile("Excel のファイルとして読めません。", "Excel で開いて保存し直してください。") from problem
    raise UnreadableFile("シートがありません。", "表のあるファイルを選んでください。")


def _below_header(rows: Iterator[tuple[int, list[str]]], needed: str, encoding: str) -> Sheet:
    seen = []
    for line, cells in islice(rows, HEADER_WITHIN):
        if any("".join(cell.split()) == needed for cell in cells):
            return Sheet(cells, rows, encoding)
        seen.append((line, cells))
    first = "、".join(cell for cell in chain.from_iterable(cells for _, cells in seen[:1]) if cell)[:100]
    raise UnreadableFile(
        f"見出し「{needed}」の列が見つかりません。",
        f"{HEADER_WITHIN}行目までに見出しの行を置いてください(いまの1行目: {first or '空'})。",
    )


def _encoding(path: Path) -> str:
    """Return the encoding: by byte order mark, else UTF-8, else CP932. Raises UnreadableFile."""
    with path.open("rb") as file:
        start = file.read(4)
    candidates = [name for mark, name in _BOMS if start.startswith(mark)] or ["utf-8", "cp932"]
    for encoding in candidates:
        if _decodes(path, encoding):
            return encoding
    raise UnreadableFile(
        "文字コードが分かりません(UTF-8 でも Shift_JIS でもありません)。",
        "Excel の「名前を付けて保存」で「CSV UTF-8」を選んでください。",
    )


def _decodes(path: Path, encoding: str) -> bool:
    try:
        with path.open(encoding=encoding, newline="") as file:
            while block := file.read(1 << 20):
                if "\x00" in block:
                    return False
    except UnicodeError:
        return False
    return True


def _csv_rows(path: Path, encoding: str) -> Iterator[list[str]]:
    with closing(path.open(encoding=encoding, newline="")) as file:
        head = file.readline(LONGEST_LINE)
        file.seek(0)
        reader = csv.reader(_lines(file), delimiter="\t" if head.count("\t") > head.count(",") else ",")
        try:
            for row in reader:
                yield [unescape(cell) for cell in row]
        except csv.Error as problem:
            raise UnreadableFile(
                f"CSV の{reader.line_num}行目あたりで、引用符が閉じていないか、一つの値が長すぎます。",
                'その行の「"」を確かめてください。',
            ) from problem


def _lines(file: IO[str]) -> Iterator[str]:
    """Yield the lines of a file. Raises UnreadableFile for one that is longer than any row can be."""
    while line := file.readline(LONGEST_LINE):
        if len(line) == LONGEST_LINE and not line.endswith("\n"):
            raise UnreadableFile("一行が長すぎます。", "表を Excel で開き、CSV で保存し直してください。")
        yield line


def _text(cell: object) -> str:
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    if isinstance(cell, datetime):
        return cell.date().isoformat()
    if isinstance(cell, date):
        return cell.isoformat()
    return "" if cell is None else str(cell)
