"""Delimited text 区切りの表: the rows of a CSV or TSV file, as Excel counts them; read line by line."""

import csv
import io
from collections import Counter
from collections.abc import Iterator
from itertools import chain, islice
from typing import IO

from todoke.spreadsheets.encodings import UnreadableFile, encoding_of
from todoke.spreadsheets.formula_escape import unescape

LONGEST_LINE = 2_000_000
SAMPLE = 60
SIGNS = ",;\t|"
Row = tuple[int, list[str]]
csv.field_size_limit(100_000)


def open_rows(file: IO[bytes]) -> tuple[Iterator[Row], str]:
    """Return the numbered rows of a file, and its encoding; ``file`` is closed after the last. Raises UnreadableFile.

    A first line ``sep=;`` names the separator and is no row; any kind of line end is one.
    """
    encoding = encoding_of(file)
    return _closing(io.TextIOWrapper(file, encoding=encoding, newline=None)), encoding


def _closing(text: IO[str]) -> Iterator[Row]:
    with text:
        yield from read_rows(text)


def read_rows(text: IO[str]) -> Iterator[Row]:
    """Yield the numbered rows of a text with universal line ends; an empty line is an empty row.

    Raises UnreadableFile.
    """
    lines = _lines(text)
    first = list(islice(lines, SAMPLE))
    told = first[0].strip().strip('"') if first else ""
    sign = told[4:5] or "\t" if told.casefold().startswith("sep=") and len(told) <= 5 else ""
    if sign:
        first = first[1:]
    reader = csv.reader(chain(first, lines), delimiter=sign or separator(first), strict=True)
    number = 0
    try:
        for number, row in enumerate(reader, 1):
            yield number, [unescape(cell) for cell in row if row != ["\x1a"]]
    except csv.Error as problem:
        raise UnreadableFile(
            f"CSV の{number + 1}行目あたりで、引用符が閉じていないか、一つの値が長すぎます。",
            'その行の「"」を確かめてください。',
        ) from problem


def separator(lines: list[str]) -> str:
    """Return the sign at which most of the first lines are cut into the same number of cells, at least two."""
    best = {sign: _evenness(lines, sign) for sign in SIGNS}
    return max(SIGNS, key=lambda sign: best[sign])


def _evenness(lines: list[str], sign: str) -> tuple[int, int]:
    try:
        widths = Counter(len(row) for row in csv.reader(lines, delimiter=sign) if len(row) > 1)
    except csv.Error:
        return 0, 0
    return max(((count, width) for width, count in widths.items()), default=(0, 0))


def _lines(file: IO[str]) -> Iterator[str]:
    """Yield the lines of a file. Raises UnreadableFile for one that is longer than any row can be."""
    while line := file.readline(LONGEST_LINE):
        if len(line) == LONGEST_LINE and not line.endswith("\n"):
            raise UnreadableFile("一行が長すぎます。", "表を Excel で開き、CSV で保存し直してください。")
        yield line
