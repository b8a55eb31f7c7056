"""Table 小さな表: the rows of a small CSV or XLSX file in memory, for statements and counts; a pure, bounded reader."""

import csv
import io
import lzma
from collections.abc import Iterator

from python_calamine import CalamineError, CalamineWorkbook

from todoke.runtime.refusals import Unreadable

MAX_ROWS = 100_000
MAX_CELLS = 1_000_000
csv.field_size_limit(100_000)


def read_table(name: str, content: bytes) -> list[list[object]]:
    """Return the rows of the first sheet of an Excel file, or of a CSV file, by its name. Raises Unreadable."""
    rows = list[list[object]]()
    cells = 0
    for row in _excel(content) if name.lower().endswith((".xlsx", ".xls")) else _csv(content):
        rows.append(row)
        cells += len(row)
        if len(rows) > MAX_ROWS or cells > MAX_CELLS:
            raise Unreadable(
                f"表が大きすぎます({MAX_ROWS:,}行、{MAX_CELLS:,}ますまで)。期間を分けて取り込んでください。"
            )
    return rows


def decode_table(content: bytes) -> str:
    """Return the text of a CSV file in UTF-8 or Windows Japanese. Raises Unreadable."""
    for encoding in ("utf-8-sig", "cp932"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise Unreadable("文字コードを読み取れません。UTF-8 または Shift_JIS の CSV で保存してください。")


def unpacked_text(name: str, content: bytes) -> str:
    """Return the text of a CSV file, plain or packed (``.xz``, told by its name). Raises Unreadable."""
    try:
        return decode_table(lzma.decompress(content) if name.lower().endswith(".xz") else content)
    except lzma.LZMAError as problem:
        raise Unreadable(
            "圧縮したファイルが壊れています。もう一度受け取るか、広げた CSV を選んでください。"
        ) from problem


def _csv(content: bytes) -> Iterator[list[object]]:
    try:
        for row in csv.reader(io.StringIO(decode_table(content))):
            yield list(row)
    except csv.Error as problem:
        raise Unreadable("CSV として読めません。引用符が閉じていないか、一つの値が長すぎます。") from problem


def _excel(content: bytes) -> Iterator[list[object]]:
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(content))
        sheet = book.get_sheet_by_index(0)
        if sheet.total_height * sheet.total_width > MAX_CELLS * 4:
            raise Unreadable(
                f"表が大きすぎます({MAX_ROWS:,}行、{MAX_CELLS:,}ますまで)。期間を分けて取り込んでください。"
            )
        for row in sheet.iter_rows():
            yield list(row)
    except (CalamineError, ValueError) as problem:
        raise Unreadable("Excel ファイルとして開けません。CSV で保存して、もう一度お試しください。") from problem
