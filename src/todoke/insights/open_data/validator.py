"""Validator 検査: every defect of a file that is to be published as open data, each with its place."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import chain, islice

from todoke.insights.open_data.header_rules import header_defects
from todoke.insights.open_data.municipalities import municipalities
from todoke.insights.open_data.source import NotText, OpenQuote, Record, Source, decode
from todoke.insights.open_data.standard_sets import recognise
from todoke.insights.open_data.validated_table import Table
from todoke.insights.open_data.validation_rules import Defect, Level

LARGEST = 20 * 2**20
SAMPLE = 500
_NAME = re.compile(r"(\d{6})_[a-z0-9]+(_[a-z0-9]+)*\.csv")
_BINARY = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"%PDF", b"\x1f\x8b")


@dataclass
class Report:
    """検査の結果: what was read, and every defect in the order of the file."""

    name: str
    encoding: str = ""
    marked: bool = False
    records: int = 0
    columns: int = 0
    title: str | None = None
    defects: list[Defect] = field(default_factory=list)

    def count(self, level: Level) -> int:
        """Return the number of defects of a level."""
        return sum(defect.level == level for defect in self.defects)

    @property
    def publishable(self) -> bool:
        return not self.count(Level.ERROR)


def validate(content: bytes, name: str, *, declared: str | None = None) -> Report:
    """Return what is wrong in a file; ``declared`` is the standard set that its keeper says it is."""
    report = Report(name)
    matched = _NAME.fullmatch(name.removesuffix(".fixed.csv") + ".csv" if name.endswith(".fixed.csv") else name)
    if matched is None or matched[1] not in municipalities():
        report.defects.append(Defect("V02", value=name))
    if content.startswith(_BINARY) or not content:
        report.defects.append(Defect("V07", value="文字のファイルではありません" if content else "空のファイルです"))
        return report
    try:
        source = decode(content)
    except NotText as wrong:
        report.defects.append(Defect("V07", value=f"{wrong.place}バイト目が文字として読めません"))
        return report
    report.encoding, report.marked = source.encoding, source.marked
    report.defects += _of_source(source)
    _read(source, report, declared, matched[1] if matched else None)
    return report


def _of_source(source: Source) -> Iterator[Defect]:
    if source.encoding != "UTF-8":
        yield Defect("V01", value=source.encoding, repair="UTF-8")
    if source.separator != ",":
        yield Defect("V06", value="タブ" if source.separator == "\t" else source.separator, repair=",")


def _read(source: Source, report: Report, declared: str | None, home: str | None) -> None:
    records = source.records
    ends = 0
    try:
        header = next(records, Record(1, 1, []))
        report.columns, report.title = len(header.cells), declared or recognise(header.cells)
        report.defects += header_defects(header.cells, line=header.line, declared=declared)
        sample = list(islice(records, SAMPLE))
        table = Table(header.cells, report.title, sample, home)
        ends = 1
        for record in chain(sample, records):
            report.records += 1
            report.defects += table.defects(record)
        report.defects += table.columns.of_columns()
    except OpenQuote as wrong:
        report.defects.append(Defect("V05", wrong.record, wrong.line))
    if ends and "\r" not in source.text and "\n" in source.text:
        report.defects.append(Defect("V03", value=f"LF {report.records + 1}件", repair="CRLF"))
