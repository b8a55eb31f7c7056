"""Encoded lines 文字コードの書き出し: a CSV table as bytes; a letter that the encoding lacks is named, not replaced."""

import codecs
import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import IO

from todoke.runtime.refusals import Refused
from todoke.spreadsheets.formula_escape import escape
from todoke.spreadsheets.writer import in_japan

UTF8, CP932 = "utf-8", "cp932"
NAMED = 20
"""Places that a refusal names; it says how many more there are."""


class MissingLetters(Refused):
    """書けない文字: says which letters the encoding does not have, and where they stand."""

    status = 422


@dataclass
class CsvFile:
    """CSV ファイル: ``append`` rows, then ``finish``, which refuses a file with letters that could not be written.

    The first cell of a row says in a refusal which row it is.
    """

    file: IO[bytes]
    heads: Sequence[str]
    encoding: str = UTF8
    _lacking: list[str] = field(default_factory=list)
    _count: int = 0

    def __post_init__(self) -> None:
        if self.encoding == UTF8:
            self.file.write(codecs.BOM_UTF8)
        self.append(self.heads)

    def append(self, cells: Sequence[object]) -> None:
        """Write the next row."""
        out = io.StringIO()
        csv.writer(out).writerow([escape(in_japan(cell)) for cell in cells])
        line = out.getvalue()
        try:
            self.file.write(line.encode(self.encoding))
        except UnicodeEncodeError:
            self._note(cells)

    def _note(self, cells: Sequence[object]) -> None:
        for column, cell in enumerate(cells):
            for letter in dict.fromkeys(str("" if cell is None else cell)):
                if not _has(self.encoding, letter):
                    self._count += 1
                    if len(self._lacking) < NAMED:
                        head = self.heads[column]
                        self._lacking.append(f"{cells[0]}の「{head}」の「{letter}」(U+{ord(letter):04X})")

    def finish(self) -> None:
        """Raises MissingLetters when any letter could not be written."""
        if self._lacking:
            more = f"、ほか{self._count - len(self._lacking)}か所" if self._count > len(self._lacking) else ""
            raise MissingLetters(
                f"Shift_JIS(CP932)にない文字があるため、作っていません: {'、'.join(self._lacking)}{more}。"
                "文字を置きかえずに渡すために、UTF-8 の CSV か Excel を選んでください。"
            )


def _has(encoding: str, letter: str) -> bool:
    try:
        letter.encode(encoding)
    except UnicodeEncodeError:
        return False
    return True
