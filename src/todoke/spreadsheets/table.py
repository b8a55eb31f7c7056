"""Table 小さな表: a CSV or Excel file in memory, for statements, counts and figures; bounded in rows and cells."""

import lzma
import tempfile
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from todoke.runtime.refusals import Unreadable
from todoke.spreadsheets.headings import Headings
from todoke.spreadsheets.reader import LeftOut, sheet_of
from todoke.spreadsheets.rows_below import in_words

MAX_ROWS = 100_000
MAX_CELLS = 1_000_000


@dataclass(frozen=True)
class Table:
    """表: its headings, its rows by their number as in Excel, and what was left out."""

    heads: list[str]
    rows: list[tuple[int, list[str]]]
    left_out: list[LeftOut]

    def records(self) -> Iterator[tuple[int, dict[str, str]]]:
        """Yield each row as heading → trimmed cell, with its number; a missing cell is empty."""
        for number, cells in self.rows:
            yield (
                number,
                {head: cells[at].strip() if at < len(cells) else "" for at, head in enumerate(self.heads) if head},
            )

    def passed_over(self, known: Collection[str]) -> list[str]:
        """Return what nobody reads as sentences: what was left out, and the columns that are not ``known``."""
        unread = [head for head in self.heads if head and head not in known]
        return [*in_words(self.left_out), *([f"読まなかった列: {'、'.join(unread)}"] if unread else [])]


def read_table(
    content: bytes, wanted: Sequence[Headings], *, guess: bool = False, most: int = MAX_ROWS, cells: int = MAX_CELLS
) -> Table:
    """Return the table of a file, by its content, plain or packed as .xz. Raises Unreadable.

    With ``guess`` a file without the wanted headings is read by its first row.
    """
    with tempfile.NamedTemporaryFile() as file:
        file.write(_unpacked(content))
        file.flush()
        sheet = sheet_of(Path(file.name), wanted, guess=guess)
        rows, left = list[tuple[int, list[str]]](), cells
        for row in sheet.rows:
            rows.append(row)
            left -= len(row[1])
            if len(rows) > most or left < 0:
                raise Unreadable(f"表が大きすぎます({most:,}行、{cells:,}ますまで)。期間を分けて取り込んでください。")
    return Table(sheet.headers, rows, sheet.left_out)


def _unpacked(content: bytes) -> bytes:
    try:
        return lzma.decompress(content) if content.startswith(b"\xfd7zXZ") else content
    except lzma.LZMAError as problem:
        raise Unreadable(
            "圧縮したファイルが壊れています。もう一度受け取るか、広げた CSV を選んでください。"
        ) from problem
