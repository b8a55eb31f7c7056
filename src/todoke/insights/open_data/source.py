"""Source files 元のファイル: bytes decoded strictly, and cut into records with their physical lines."""

import csv
import re
from collections.abc import Iterator
from dataclasses import dataclass

LONGEST_CELL_LINES = 20
SIGNS = ",;\t"
_MARKS = ((b"\xef\xbb\xbf", "UTF-8"), (b"\xff\xfe", "UTF-16LE"), (b"\xfe\xff", "UTF-16BE"))
_CODECS = {"UTF-8": "utf-8", "CP932": "cp932", "UTF-16LE": "utf-16-le", "UTF-16BE": "utf-16-be"}
_LINE_END = re.compile("\r\n|\r|\n")
csv.field_size_limit(1_000_000)


class NotText(ValueError):
    """The bytes are no text; ``place`` is the first byte that fits no encoding, counted from 1."""

    def __init__(self, place: int) -> None:
        super().__init__(f"byte {place}")
        self.place = place


class OpenQuote(ValueError):
    """A quote is not closed in the record that begins on ``line``."""

    def __init__(self, record: int, line: int) -> None:
        super().__init__(f"line {line}")
        self.record = record
        self.line = line


@dataclass(frozen=True)
class Source:
    """元のファイル: its text without byte order mark, its encoding, its separator."""

    text: str
    encoding: str
    marked: bool
    separator: str

    @property
    def records(self) -> Iterator["Record"]:
        return read_records(self.text, self.separator)


@dataclass(frozen=True)
class Record:
    """行: number as a spreadsheet shows it, physical line on which it begins, cells."""

    number: int
    line: int
    cells: list[str]


def decode(content: bytes) -> Source:
    """Return the text of a file: by its mark, else strict UTF-8, else strict CP932. Raises NotText."""
    for mark, name in _MARKS:
        if content.startswith(mark):
            return _source(_strictly(content[len(mark) :], name, len(mark)), name, marked=True)
    try:
        return _source(content.decode("utf-8"), "UTF-8", marked=False)
    except UnicodeDecodeError:
        return _source(_strictly(content, "CP932", 0), "CP932", marked=False)


def _strictly(content: bytes, name: str, skipped: int) -> str:
    try:
        return content.decode(_CODECS[name])
    except UnicodeDecodeError as wrong:
        raise NotText(skipped + wrong.start + 1) from wrong


def _source(text: str, encoding: str, *, marked: bool) -> Source:
    if "\0" in text:
        raise NotText(text.index("\0") + 1)
    first = text[: text.find("\n") if "\n" in text else len(text)]
    counts = {sign: first.count(sign) for sign in SIGNS}
    separator = "," if counts[","] else max(SIGNS, key=lambda sign: counts[sign])
    return Source(text, encoding, marked, separator)


def read_records(text: str, separator: str) -> Iterator[Record]:
    """Yield the records of a text. Raises OpenQuote where a quote is left open, or a cell spans more than 20 lines."""
    reader = csv.reader(_lines(text), delimiter=separator, strict=True)
    number, line = 1, 1
    while True:
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as wrong:
            raise OpenQuote(number, line) from wrong
        if reader.line_num - line >= LONGEST_CELL_LINES and _longest(cells) >= LONGEST_CELL_LINES:
            raise OpenQuote(number, line)
        yield Record(number, line, cells)
        number, line = number + 1, reader.line_num + 1


def _lines(text: str) -> Iterator[str]:
    """Yield the lines of a text with their ends, one at a time, so that a large file is not held twice."""
    begin = 0
    for end in _LINE_END.finditer(text):
        yield text[begin : end.end()]
        begin = end.end()
    if begin < len(text):
        yield text[begin:]


def _longest(cells: list[str]) -> int:
    return max(cell.count("\n") or cell.count("\r") for cell in cells)
