"""Repairs 修正: a file rewritten with every repair that needs no person; what a person must decide stays as it is."""

import csv
import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, islice

from todoke.insights.open_data.cell_rules import BLANKS, any_cell, typed_cell
from todoke.insights.open_data.column_kinds import Kind
from todoke.insights.open_data.column_rules import CIRCLE, CIRCLES
from todoke.insights.open_data.header_rules import header_defects
from todoke.insights.open_data.record_rules import is_property_row, is_total_row, swapped_coordinates
from todoke.insights.open_data.source import NotText, OpenQuote, Record, decode
from todoke.insights.open_data.standard_sets import recognise
from todoke.insights.open_data.validated_table import Table
from todoke.insights.open_data.validator import SAMPLE
from todoke.runtime.refusals import Unreadable

MOST_STEPS = 12


@dataclass(frozen=True)
class Repaired:
    """修正したファイル: bytes in UTF-8 with its mark and CRLF; counts of changed cells and of rows left out."""

    content: bytes
    cells: int
    rows: int


def repair(content: bytes, *, marked: bool = True) -> Repaired:
    """Return the file with all repairs; repairing again changes nothing. Raises NotText, OpenQuote.

    Rows of more values than the header stay as they are, so do values whose right form only their keeper knows.
    """
    source = decode(content)
    headers = next(source.records, Record(1, 1, [])).cells
    kept = _kept_columns(headers, source.records)
    work = _Repair([headers[at] for at in kept])
    data = islice(source.records, 1, None)
    cut = (Record(record.number, record.line, _cut(record.cells, headers, kept)) for record in data)
    sample = list(islice(cut, SAMPLE))
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(work.begin(sample))
    writer.writerows(work.rows(chain(sample, cut), _mixed_circles(source.records, kept)))
    return Repaired(out.getvalue().encode("utf-8-sig" if marked else "utf-8"), work.cells, work.left_out)


def repair_or_refuse(content: bytes) -> Repaired:
    """Return the file with all repairs. Raises Unreadable where it cannot be read to its end."""
    try:
        return repair(content)
    except OpenQuote as wrong:
        said = f'{wrong.record}行目の引用符「"」が閉じておらず、読めない所があります。元の表で直してください。'
        raise Unreadable(said) from wrong
    except NotText as wrong:
        raise Unreadable(f"{wrong.place}バイト目に読めない所があります。CSV(UTF-8)で保存し直してください。") from wrong


def _kept_columns(headers: Sequence[str], records: Iterator[Record]) -> list[int]:
    """Return the columns that have a name or a value."""
    nameless = {at for at, header in enumerate(headers) if not header.strip(BLANKS)}
    for record in islice(records, 1, None) if nameless else ():
        nameless -= {at for at in nameless if at < len(record.cells) and record.cells[at].strip(BLANKS)}
    return [at for at in range(len(headers)) if at not in nameless]


def _cut(cells: list[str], headers: Sequence[str], kept: Sequence[int]) -> list[str]:
    """Return the values of the kept columns; a short row is filled up, what lies beyond the header stays at the end."""
    filled = cells + [""] * (len(headers) - len(cells))
    beyond = filled[len(headers) :]
    return [filled[at] for at in kept] + (beyond if any(beyond) else [])


def _mixed_circles(records: Iterator[Record], kept: Sequence[int]) -> set[int]:
    """Return the kept columns, counted anew, in which two different circles stand."""
    seen: dict[int, set[str]] = {}
    for record in islice(records, 1, None):
        for new, at in enumerate(kept):
            if at < len(record.cells) and record.cells[at].strip(BLANKS) in CIRCLES:
                seen.setdefault(new, set()).add(record.cells[at].strip(BLANKS))
    return {new for new, signs in seen.items() if len(signs) > 1}


class _Repair:
    """The rewriting of one file: its columns, and what was changed so far."""

    def __init__(self, headers: list[str]) -> None:
        self._headers = headers
        self.cells = 0
        self.left_out = 0

    def begin(self, sample: Sequence[Record]) -> list[str]:
        """Return the header as it should be; the kinds of the columns are told by it and by the first records."""
        names = self._headers
        for _ in range(MOST_STEPS):
            wrong = {one.column - 1: one.repair for one in header_defects(names, line=1, declared=None) if one.repair}
            if not wrong:
                break
            names = [wrong.get(at) or name for at, name in enumerate(names)]
        self.cells += sum(new != old for new, old in zip(names, self._headers, strict=True))
        self._table = Table(names, recognise(names), sample, None)
        return names

    def rows(self, records: Iterator[Record], circles: set[int]) -> Iterator[list[str]]:
        """Yield the repaired rows; empty ones, sums and descriptions are left out and counted."""
        for record in records:
            cells = record.cells
            if not any(cell.strip(BLANKS) for cell in cells) or is_property_row(cells) or is_total_row(cells):
                self.left_out += 1
                continue
            new = self._row(record, circles)
            self.cells += sum(one != other for one, other in zip(new, cells, strict=True))
            yield new

    def _row(self, record: Record, circles: set[int]) -> list[str]:
        wide = len(record.cells) > len(self._headers)
        new = [repaired_value(Kind.TEXT if wide else self._kind(at), cell) for at, cell in enumerate(record.cells)]
        if wide:
            return new
        for at in circles:
            new[at] = CIRCLE if new[at] in CIRCLES else new[at]
        for at, value in swapped_coordinates(self._table.by_kind, new).items():
            new[at] = value
        for defect in self._table.columns.read(record.number, record.line, new):
            if defect.rule == "V42" and defect.repair:
                new[defect.column - 1] = defect.repair
        return new

    def _kind(self, at: int) -> Kind:
        return self._table.kinds[at]


def repaired_value(kind: Kind, cell: str) -> str:
    """Return a value after every repair that it asks for, one after the other."""
    for _ in range(MOST_STEPS):
        steps = chain(any_cell(cell), typed_cell(kind, cell.strip(BLANKS)))
        new = next((step for _rule, step in steps if step is not None and step != cell), None)
        if new is None:
            return cell
        cell = new
    return cell
