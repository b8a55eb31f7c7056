"""Importer 取込: reads a file into the inventory, or previews its changes, in bounded memory."""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from django.db import transaction

from todoke.accounts.actors import Actor
from todoke.procedures import bulk_write, survey_columns
from todoke.procedures.formats import ValueFormatter
from todoke.procedures.imports import row_matching
from todoke.procedures.imports.import_aliases import Aliases, load_aliases
from todoke.procedures.imports.row_matching import RowMatch
from todoke.procedures.imports.row_parser import CellDefect, ParsedRow, RowParser
from todoke.procedures.look_alikes import LookAlike, LookAlikes
from todoke.procedures.models import ImportRow, ImportRun
from todoke.spreadsheets.reader import Sheet, UnreadableFile, open_sheet
from todoke.spreadsheets.rows_below import in_words

CHUNK = 2000
KEPT_DEFECTS = 1000
KEPT_CHANGES = 500
KEPT_ROWS = 2000
_NEW_IS_BLANK = "新しい手続なら手続番号を空欄にしてください。"
Progress = Callable[[int], None]


@dataclass(frozen=True)
class Decision:
    """決めたこと: what a person decided of a row: a choice of ``ImportRow``, and the procedure that it was about."""

    choice: str
    like: LookAlike | None = None


_NONE = Decision("")
UNDECIDED: Mapping[int, Decision] = {}


@dataclass(frozen=True)
class NewRow:
    """新しい手続: a row that becomes a procedure; with a look-alike only if a person says so."""

    line: int
    title: str
    detail: str
    like: LookAlike | None = None
    choice: str = ""


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
    rows: list[NewRow] = field(default_factory=list)
    alike: int = 0
    skipped: int = 0
    serials: tuple[int, int] | None = None
    unread_columns: list[str] = field(default_factory=list)
    unknown_departments: list[str] = field(default_factory=list)
    defects: list[CellDefect] = field(default_factory=list)
    defect_count: int = 0
    changes: list[CellChange] = field(default_factory=list)
    problems: Counter[str] = field(default_factory=Counter)


class UnknownHeadings(UnreadableFile):
    """分からない見出し: no heading of a file means the name of a procedure; the headings that it seems to have."""

    def __init__(self, headings: tuple[str, ...]) -> None:
        shown = "、".join(headings[:12]) or "空"
        super().__init__(
            f"見出し「{survey_columns.NEEDED}」の列が見つかりません。",
            f"手続名にあたる見出しの読み替えを決めると、読み直せます(いまの見出しらしい行: {shown})。",
        )
        self.headings = headings


class _Rollback(Exception):
    """Rolls the transaction back."""


def preview_file(
    path: Path, *, progress: Progress | None = None, decisions: Mapping[int, Decision] = UNDECIDED
) -> ImportResult:
    """試し取込: return what an import would change; nothing is saved. Raises UnreadableFile."""
    result = ImportResult()
    aliases = load_aliases()
    sheet = open_sheet(path, survey_columns.wanted(aliases.headings), guess=True)
    _run(_Run(sheet, result, None, decisions, aliases), progress)
    return result


def import_file(
    path: Path, *, by: Actor, good_rows_only: bool = False, progress: Progress | None = None,
    decisions: Mapping[int, Decision] = UNDECIDED, record: ImportRun | None = None,
) -> ImportResult:  # fmt: skip
    """取込: import a file in one transaction and return the result.

    Unless ``good_rows_only``, one defect rolls everything back. ``decisions`` are what a person said of rows by their
    line; what undoes the import is kept for the ``record``. Raises UnreadableFile for the file as a whole.
    """
    result = ImportResult()
    aliases = load_aliases()
    sheet = open_sheet(path, survey_columns.wanted(aliases.headings), guess=True)
    with suppress(_Rollback), transaction.atomic():
        run = _Run(sheet, result, by, decisions, aliases, record)
        _run(run, progress)
        _finish(run, path.name, good_rows_only=good_rows_only)
    return result


def _finish(run: "_Run", name: str, *, good_rows_only: bool) -> None:
    if run.result.defect_count and not good_rows_only:
        raise _Rollback
    run.finish(name)


def _run(run: "_Run", progress: Progress | None) -> None:
    for rows in run.chunks():
        run.take(rows)
        if progress:
            progress(run.result.read)
    run.result.hints += in_words(run.sheet.left_out)


def _parser(sheet: Sheet, result: ImportResult, aliases: Aliases, *, learn: bool) -> RowParser:
    mapping = survey_columns.map_headers(sheet.headers, aliases.columns)
    if mapping.repeated:
        names = "」「".join(mapping.repeated)
        raise UnreadableFile(f"見出し「{names}」の列が二つ以上あります。", "使わないほうの列を消してください。")
    if not mapping.readable:
        raise UnknownHeadings(mapping.unknown)
    for header in mapping.unknown:
        if aliases.ignores(header):
            result.hints.append(f"見出し「{header}」は、読まないと決めた列です。")
            continue
        result.unread_columns.append(header)
        meant = survey_columns.closest_header(header)
        guess = f"「{meant}」のことなら見出しを直してください。" if meant else ""
        result.hints.append(f"見出し「{header}」は分からないので読みません。{guess}")
    result.edition, result.encoding = mapping.edition, sheet.encoding
    return RowParser(mapping, learn=learn, departments=aliases.departments)


class _Run:
    """One pass over a file."""

    def __init__(
        self, sheet: Sheet, result: ImportResult, by: Actor | None, decisions: Mapping[int, Decision],
        aliases: Aliases, record: ImportRun | None = None,
    ) -> None:  # fmt: skip
        self.sheet = sheet
        self.decisions = decisions
        self.result = result
        self.parser = _parser(sheet, result, aliases, learn=by is not None)
        self.formatter = ValueFormatter()
        self.writer = bulk_write.BulkWriter(by, self.formatter, record) if by is not None else None
        self.look_alikes = LookAlikes() if by is None else None
        self.seen: dict[tuple[str, ...], int] = {}

    def chunks(self) -> Iterator[list[ParsedRow]]:
        """Yield parsed rows in chunks of ``CHUNK``."""
        rows: list[ParsedRow] = []
        for line, cells in self.sheet.rows:
            decision = self.decisions.get(line, _NONE)
            if decision.choice == ImportRow.Choice.SKIP:
                self._keep(self.parser.parse(line, cells), decision)
                self.result.skipped += 1
                continue
            row = self.parser.parse(line, cells)
            if decision.choice == ImportRow.Choice.SAME and decision.like:
                row.number = decision.like.number
            self._refuse_repetition(row)
            self.result.read += 1
            rows.append(row)
            if len(rows) == CHUNK:
                yield rows
                rows = []
        if rows:
            yield rows
        self.result.unknown_departments = list(self.parser.unknown_departments)

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
        if self.writer.serial > self.writer.first_serial:
            self.result.serials = (self.writer.first_serial, self.writer.serial - 1)
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
        if row.line in self.decisions and pair.known is not None:
            self._keep(row, self.decisions[row.line])
        if row.defects:
            result.refused += 1
            result.defect_count += len(row.defects)
            result.defects += row.defects[: max(0, KEPT_DEFECTS - len(result.defects))]
            result.problems.update(f"{defect.column}: {defect.problem}" for defect in row.defects)
        elif pair.known is None:
            self._count_new(row)
        elif not pair.differs:
            result.unchanged += 1
        else:
            result.changed += 1
            if len(result.changes) < KEPT_CHANGES:
                result.changes += [
                    CellChange(row.line, pair.known.number, *cell) for cell in self.formatter.cells(pair)
                ]

    def _count_new(self, row: ParsedRow) -> None:
        """Count a new row; where the inventory has one like it, a person decides first."""
        decision = self.decisions.get(row.line, _NONE)
        if not decision.choice and self.look_alikes:
            decision = Decision("", self.look_alikes.find(row.values))
        if decision.like and not decision.choice:
            self.result.alike += 1
        else:
            self.result.created += 1
        self._keep(row, decision)

    def _keep(self, row: ParsedRow, decision: Decision) -> None:
        if decision.like or len(self.result.rows) < KEPT_ROWS:
            self.result.rows.append(NewRow(row.line, *self._words(row), like=decision.like, choice=decision.choice))

    def _words(self, row: ParsedRow) -> tuple[str, str]:
        """Return the name of a row, and its legal basis and department as one line."""
        values = row.values
        department = self.formatter.value("department_id", values.get("department_id"))
        detail = [f"{values.get('law') or ''}{values.get('article') or ''}", department]
        return str(values.get("title") or "(手続名なし)")[:400], "・".join(part for part in detail if part)[:400]
