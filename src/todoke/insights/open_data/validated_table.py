"""Tables 表: the columns of one file with their kinds, and the defects of each record."""

from collections.abc import Iterator, Sequence

from todoke.insights.open_data.cell_rules import BLANKS, any_cell, suspect, typed_cell
from todoke.insights.open_data.column_kinds import Kind, is_number_column, kind_of
from todoke.insights.open_data.column_rules import ColumnRules
from todoke.insights.open_data.record_rules import is_property_row, is_total_row, place_findings, swapped_coordinates
from todoke.insights.open_data.source import Record
from todoke.insights.open_data.standard_sets import standard_name, standard_sets
from todoke.insights.open_data.validation_rules import Defect


class Table:
    """表: headers and kinds of the columns of one file; ``columns`` counts what shows only over all records."""

    def __init__(self, headers: Sequence[str], title: str | None, sample: Sequence[Record], home: str | None) -> None:
        self._headers = headers
        self._home = home
        self.kinds = [self._kind(at, title, sample) for at in range(len(headers))]
        self.by_kind = {kind: [at for at, one in enumerate(self.kinds) if one == kind] for kind in set(self.kinds)}
        self.columns = ColumnRules(headers, self.kinds)
        standard = standard_sets().get(title or "", {})
        meant = [standard.get(standard_name(header)) for header in headers]
        self._required = [at for at, one in enumerate(meant) if one and one.required and one.kind != Kind.MARK]

    def _kind(self, at: int, title: str | None, sample: Sequence[Record]) -> Kind:
        told = kind_of(self._headers[at], title)
        values = (record.cells[at].strip(BLANKS) for record in sample if len(record.cells) > at)
        return Kind.NUMBER if told == Kind.TEXT and is_number_column(values) else told

    def defects(self, record: Record) -> Iterator[Defect]:
        cells, number, line = record.cells, record.number, record.line
        if len(cells) != len(self._headers) or not any(cells):
            value = f"{len(cells)}列(見出しは{len(self._headers)}列)"
            yield Defect("V04", number, line, 0, "", value, "" if not any(cells) else None)
            return
        if is_property_row(cells) or is_total_row(cells):
            yield Defect("V16" if is_property_row(cells) else "V17", number, line, 0, "", cells[0], "")
            return
        swapped = swapped_coordinates(self.by_kind, cells)
        for at, (cell, kind) in enumerate(zip(cells, self.kinds, strict=True)):
            if cell and suspect(cell):
                for rule, repair in any_cell(cell):
                    yield self._at(rule, number, line, at, cell, repair)
            if cell and kind is not Kind.TEXT:
                for rule, repair in typed_cell(kind, cell.strip(BLANKS)):
                    yield self._at(rule, number, line, at, cell, swapped.get(at) if rule == "V32" else repair)
        for at in self._required:
            if not cells[at].strip(BLANKS):
                yield self._at("V15", number, line, at, cells[at], None)
        for rule, at in place_findings(self.by_kind, cells, self._home):
            yield self._at(rule, number, line, at, cells[at], None)
        yield from self.columns.read(number, line, cells)

    def _at(self, rule: str, number: int, line: int, at: int, cell: str, repair: str | None) -> Defect:
        return Defect(rule, number, line, at + 1, self._headers[at], cell, repair)
