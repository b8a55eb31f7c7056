"""Table files 表のファイル: the table of answers written as Excel, CSV or JSON, row by row in constant memory."""

import io
import json
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import IO, Protocol

from todoke.cases.exports.answer_table import AnswerTable, TableRow
from todoke.cases.exports.choice_counts import COUNT_HEADS
from todoke.cases.exports.own_columns import OwnTable
from todoke.cases.models import AnswerExport
from todoke.formbuilder.answer_table.answer_cells import Cell
from todoke.japanese.calendar import JAPAN
from todoke.spreadsheets.encoded_lines import CsvFile
from todoke.spreadsheets.streamed_workbook import StreamedWorkbook

ZIP_DAY = (1980, 1, 1, 0, 0, 0)
"""The date of every entry, so that the same content gives the same bytes."""
MAIN = "回答"
CHANGE = "前回から"


class TableFile(Protocol):
    """表のファイル: takes the row of each case, and is complete after ``finish``."""

    def append(self, row: TableRow, change: str) -> None:
        """Write a case and how it changed since the last export (新規・補正), where that is asked."""

    def finish(self) -> None:
        """Complete the file. Raises MissingLetters where an encoding lacks a letter."""


def table_file(export: AnswerExport, table: AnswerTable | OwnTable, path: Path) -> TableFile:
    """Return the writer of an export's format."""
    if export.file_format == AnswerExport.Format.XLSX:
        return XlsxFile(export, table, path)
    if export.file_format == AnswerExport.Format.JSON and isinstance(table, AnswerTable):
        return JsonFile(export, table, path)
    return CsvTables(export, table, path)


def about(export: AnswerExport) -> list[tuple[str, str]]:
    """Return what stands in a file about itself: its number, who asked for it and when, of what."""
    return [
        ("書出し番号", export.number),
        ("様式", export.form.title),
        ("書き出した人", export.requested_by.name),
        ("書き出した日時", f"{export.requested_at.astimezone(JAPAN):%Y年%-m月%-d日 %H:%M}"),
        ("条件", export.conditions),
        ("案件の数", f"{export.total:,}件"),
        ("取扱い", "個人情報を含みます。使い終わったら消してください。だれが取り出したかは、書出し番号で分かります。"),
    ]


def write_counts(export: AnswerExport, lines: Sequence[tuple[str, str, int | str]], path: Path) -> None:
    """Write the lines of a count as an Excel workbook that bears the number of the export."""
    with StreamedWorkbook(path, export.requested_at, remark=f"書出し番号 {export.number}") as book:
        sheet = book.sheet("件数", COUNT_HEADS, [40, 40, 24])
        for line in lines:
            sheet.append(line)


class XlsxFile:
    """Excel のファイル: a sheet of answers, one for each repeated group that stands apart, and one about the file."""

    def __init__(self, export: AnswerExport, table: AnswerTable | OwnTable, path: Path) -> None:
        self.export, self.only_new = export, export.only_new
        number = f"書出し番号 {export.number}"
        self.book = StreamedWorkbook(path, export.requested_at, remark=number)
        heads = [*table.heads(), *([CHANGE] if self.only_new else [])]
        self.main = self.book.sheet(MAIN, heads, [16] * len(heads))
        self.groups = {
            group: self.book.sheet(title, heads, [16] * len(heads))
            for group, (title, heads) in table.group_heads().items()
        }

    def append(self, row: TableRow, change: str) -> None:
        self.main.append([*row.cells, *([change] if self.only_new else [])])
        for group, lines in row.groups.items():
            for line in lines:
                self.groups[group].append(line)

    def finish(self) -> None:
        said = self.book.sheet("この表について", ["項目", "内容"], [18, 90])
        for line in about(self.export):
            said.append(line)
        with self.book:
            """Closing writes the file."""


class CsvTables:
    """CSV のファイル: one table, or a ZIP of one for the cases and one for each repeated group."""

    def __init__(self, export: AnswerExport, table: AnswerTable | OwnTable, path: Path) -> None:
        self.only_new, self.path, self.encoding = export.only_new, path, str(export.encoding)
        heads = [*table.heads(), *([CHANGE] if self.only_new else [])]
        groups = table.group_heads()
        self.is_zip = export.suffix == "zip"
        self._files: dict[str, IO[bytes]] = {}
        self.main = self._opened(f"{MAIN}.csv", path if not self.is_zip else path.with_suffix(".main"), heads)
        self.groups = {
            group: self._opened(f"{place}_{_plain(title)}.csv", path.with_suffix(f".{place}"), heads)
            for place, (group, (title, heads)) in enumerate(groups.items(), 1)
        }

    def _opened(self, name: str, path: Path, heads: Sequence[str]) -> CsvFile:
        file = path.open("wb")
        self._files[name] = file
        return CsvFile(file, heads, self.encoding)

    def append(self, row: TableRow, change: str) -> None:
        self.main.append([*row.cells, *([change] if self.only_new else [])])
        for group, lines in row.groups.items():
            for line in lines:
                self.groups[group].append(line)

    def finish(self) -> None:
        for file in self._files.values():
            file.close()
        for table in (self.main, *self.groups.values()):
            table.finish()
        if self.is_zip:
            with zipfile.ZipFile(self.path, "w", zipfile.ZIP_DEFLATED) as archive:
                for name, file in self._files.items():
                    archive.writestr(zipfile.ZipInfo(name, ZIP_DAY), Path(file.name).read_bytes())


class JsonFile:
    """JSON のファイル: cases as objects, answers by the stable ids of questions."""

    def __init__(self, export: AnswerExport, table: AnswerTable, path: Path) -> None:
        self.table, self.only_new, self.first = table, export.only_new, True
        self.file = io.TextIOWrapper(path.open("wb"), encoding="utf-8", newline="\n")
        columns = [
            {"question": c.question, "part": c.part, "label": c.heading, "group": c.group, "older": c.older}
            for c in table.columns.every()
        ]
        head = {"form": export.form.code, "title": export.form.title, "number": export.number, "columns": columns}
        self.file.write(json.dumps(head, ensure_ascii=False)[:-1] + ', "cases": [\n')

    def append(self, row: TableRow, change: str) -> None:
        keys, facts = [], len(self.table.facts)
        for column in self.table.inline:
            keys.append(f"{column.question}.{column.part}" if column.part else column.question)
        said: dict[str, object] = dict(zip(self.table.facts, map(_json, row.cells[:facts]), strict=True))
        said["answers"] = dict(_given(keys, row.cells[facts : facts + len(keys)]))
        said["groups"] = {group: [dict(_given(self._group_keys(group), line[2:])) for line in lines]
                          for group, lines in row.groups.items()}  # fmt: skip
        if self.only_new:
            said["change"] = change
        self.file.write(("" if self.first else ",\n") + json.dumps(said, ensure_ascii=False))
        self.first = False

    def _group_keys(self, group: str) -> list[str]:
        found: Mapping[str, list[str]] = {
            each.id: [f"{c.question}.{c.part}" if c.part else c.question for c in each.columns]
            for each in self.table.columns.groups
        }
        return found[group]

    def finish(self) -> None:
        self.file.write("\n]}\n")
        self.file.close()


def _given(keys: Sequence[str], cells: Sequence[Cell]) -> Iterator[tuple[str, object]]:
    return ((key, _json(cell)) for key, cell in zip(keys, cells, strict=True) if cell is not None)


def _json(cell: Cell) -> object:
    return cell.isoformat() if isinstance(cell, date | datetime) else cell


def _plain(title: str) -> str:
    return "".join(letter for letter in title if letter.isalnum())[:40] or "繰り返し"
