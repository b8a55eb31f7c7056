"""Importer 取込: reads a file into the inventory, or previews its changes, in bounded memory."""

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from django.db import transaction

from todoke.accounts.actors import Actor
from todoke.procedures import bulk_write, row_matching, survey_columns
from todoke.procedures.formats import ValueFormatter
from todoke.procedures.row_matching import RowMatch
from todoke.procedures.row_parser import CellDefect, ParsedRow, RowParser
from todoke.spreadsheets.reader import Sheet, UnreadableFile, open_sheet
from todoke.spreadsheets.rows_below import in_words

CHUNK = 2000
KEPT_DEFECTS = 1000
KEPT_CHANGES = 500
_NEW_IS_BLANK = "新しい手続なら手続番号を空欄にしてください。"
Progress = Callable[[int], None]


@dataclass(frozen=True)
class CellChange:
    """変更予定: a cell that differs from the inventory."""

    line: int
    key: str
    field: str
    before: str
    after: str


@dataclass
class ImportResult:
    """The result of an import or of its preview; the lists are truncated, the counts are complete."""

    edition: str = ""
    encoding: str = ""
    read: int = 0
    created: int = 0
    changed: int = 0
    unchanged: int = 0
    refused: int = 0
    written: bool = False
    hints: list[str] = field(default_factory=list)
    defects: list[CellDefect] = field(default_factory=list)
    defect_count: int = 0
    changes: list[CellChange] = field(default_factory=list)
    problems: Counter[str] = field(default_factory=Counter)


class _Rollback(Exception):
    """Rolls the transaction back."""


def preview_file(path: Path, *, progress: Progress | None = None) -> ImportResult:
    """試し取込: return what an import would change; nothing is saved. Raises UnreadableFile."""
    return _import(path, by=None, good_rows_only=True, progress=progress)


def import_file(
    path: Path, *, by: Actor, good_rows_only: bool = False, progress: Progress | None = None
) -> ImportResult:
    """取込: import a file in one transaction and return the result.

    Unless ``good_rows_only``, one defect rolls everything back. Raises UnreadableFile for the file as a whole.
    """
    return _import(path, by=by, good_rows_only=good_rows_only, progress=progress)


def _import(path: Path, *, by: Actor | None, good_rows_only: bool, progress: Progress | None) -> ImportResult:
    result = ImportResult()
    sheet = open_sheet(path, survey_columns.WANTED)
    if by is None:
        _run(_Run(sheet, result, None), progress)
        return result
    try:
        with transaction.atomic():
            run = _Run(sheet, result, by)
            _run(run, progress)
            if result.defect_count and not good_rows_only:
                raise _Rollback
            run.finish(path.name)
    except _Rollback:
        pass
    return result


def _run(run: "_Run", progress: Progress | None) -> None:
    for rows in run.chunks():
        run.take(rows)
        if progress:
            progress(run.result.read)
    run.result.hints += in_words(run.sheet.left_out)


def _parser(sheet: Sheet, result: ImportResult, *, learn: bool) -> RowParser:
    mapping = survey_columns.map_headers(sheet.headers)
    if mapping.repeated:
        names = "」「".join(mapping.repeated)
        raise UnreadableFile(f"見出し「{names}」の列が二つ以上あります。", "使わないほうの列を消してください。")
    for header in mapping.unknown:
        meant = survey_columns.closest_header(header)
        guess = f"「{meant}」のことなら見出しを直してください。" if meant else ""
        result.hints.append(f"見出し「{header}」は分からないので読みません。{guess}")
    result.edition, result.encoding = mapping.edition, sheet.encoding
    return RowParser(mapping, learn=learn)


class _Run:
    """One pass over a file."""

    def __init__(self, sheet: Sheet, result: ImportResult, by: Actor | None) -> None:
        self.sheet = sheet
        self.result = result
        self.parser = _parser(sheet, result, learn=by is not None)
        self.formatter = ValueFormatter()
        self.writer = bulk_write.BulkWriter(by, self.formatter) if by is not None else None
        self.seen: dict[tuple[str, ...], int] = {}

    def chunks(self) -> Iterator[list[ParsedRow]]:
        """Yield parsed rows in chunks of ``CHUNK``."""
        rows: list[ParsedRow] = []
        for line, cells in self.sheet.rows:
            row = self.parser.parse(line, cells)
            self._refuse_repetition(row)
            self.result.read += 1
            rows.append(row)
            if len(rows) == CHUNK:
                yield rows
                rows = []
        if rows:
            yield rows

    def take(self, rows: list[ParsedRow]) -> None:
        """Match rows with the inventory, count differences, and save them unless this is a preview."""
        pairs = row_matching.match_rows(rows, {pk: table for (table, _), pk in self.parser.code_ids.items()})
        for pair in pairs:
            if pair.row.number and pair.known is None:
                pair.row.defects.append(
                    CellDefect(
                        pair.row.line, "手続番号", pair.row.number, "この番号の手続はありません。", _NEW_IS_BLANK
                    )
                )
            self._count(pair)
        if self.writer is not None:
            self.writer.write([p for p in pairs if not p.row.defects and (p.known is None or p.differs)])

    def finish(self, file_name: str) -> None:
        """Finish a pass that saved rows."""
        assert self.writer is not None
        self.writer.finish(file_name, self.result.created, self.result.changed)
        self.result.written = True

    def _refuse_repetition(self, row: ParsedRow) -> None:
        key = row_matching.identity_key(row)
        first = self.seen.setdefault(key, row.line)
        if first != row.line:
            column = {"number": "手続番号", "national": "手続ID"}.get(key[0], "手続名")
            problem = f"{first}行目と同じ手続です。"
            row.defects.append(CellDefect(row.line, column, key[1][:200], problem, "どちらかの行を消してください。"))

    def _count(self, pair: RowMatch) -> None:
        result, row = self.result, pair.row
        if row.defects:
            result.refused += 1
            result.defect_count += len(row.defects)
            result.defects += row.defects[: max(0, KEPT_DEFECTS - len(result.defects))]
            result.problems.update(f"{defect.column}: {defect.problem}" for defect in row.defects)
        elif pair.known is None:
            result.created += 1
        elif not pair.differs:
            result.unchanged += 1
        else:
            result.changed += 1
            if len(result.changes) < KEPT_CHANGES:
                result.changes += [
                    CellChange(row.line, pair.known.number, *cell) for cell in self.formatter.cells(pair)
                ]
