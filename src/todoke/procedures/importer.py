"""Importing 取込: a file into the inventory: what it would change, and carrying it out, in bounded memory."""

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from django.db import transaction

from todoke.accounts.actors import Actor
from todoke.procedures import bulk_write, row_matching, survey_columns
from todoke.procedures.formats import Speller
from todoke.procedures.row_matching import Pair
from todoke.procedures.row_parser import Defect, Reader, Row
from todoke.spreadsheets.reader import Sheet, UnreadableFile, open_sheet

CHUNK = 2000
KEPT_DEFECTS = 1000
KEPT_CHANGES = 500
_NEW_IS_BLANK = "新しい手続なら手続番号を空欄にしてください。"
Progress = Callable[[int], None]


@dataclass(frozen=True)
class Change:
    """A cell that would change (変更予定)."""

    line: int
    key: str
    field: str
    before: str
    after: str


@dataclass
class Outcome:
    """What an import did or would do; the lists are cut off, the counts are not."""

    edition: str = ""
    encoding: str = ""
    read: int = 0
    created: int = 0
    changed: int = 0
    unchanged: int = 0
    refused: int = 0
    written: bool = False
    hints: list[str] = field(default_factory=list)
    defects: list[Defect] = field(default_factory=list)
    defect_count: int = 0
    changes: list[Change] = field(default_factory=list)
    problems: Counter[str] = field(default_factory=Counter)


class _Undo(Exception):
    """Leaves the transaction without a trace."""


def try_file(path: Path, *, progress: Progress | None = None) -> Outcome:
    """Tell what a file would change, and change nothing (試し取込). Raises UnreadableFile."""
    return _carry(path, by=None, good_rows_only=True, progress=progress)


def import_file(path: Path, *, by: Actor, good_rows_only: bool = False, progress: Progress | None = None) -> Outcome:
    """Bring a file into the inventory in one transaction. Unless ``good_rows_only``, one defect stops everything.

    Raises UnreadableFile when the file as a whole cannot be read.
    """
    return _carry(path, by=by, good_rows_only=good_rows_only, progress=progress)


def _carry(path: Path, *, by: Actor | None, good_rows_only: bool, progress: Progress | None) -> Outcome:
    outcome = Outcome()
    sheet = open_sheet(path, survey_columns.NEEDED)
    if by is None:
        _run(_Run(sheet, outcome, None), progress)
        return outcome
    try:
        with transaction.atomic():
            run = _Run(sheet, outcome, by)
            _run(run, progress)
            if outcome.defect_count and not good_rows_only:
                raise _Undo
            run.finish(path.name)
    except _Undo:
        pass
    return outcome


def _run(run: "_Run", progress: Progress | None) -> None:
    for rows in run.chunks():
        run.take(rows)
        if progress:
            progress(run.outcome.read)


def _reader(sheet: Sheet, outcome: Outcome, *, learn: bool) -> Reader:
    matching = survey_columns.match(sheet.headers)
    if matching.repeated:
        names = "」「".join(matching.repeated)
        raise UnreadableFile(f"見出し「{names}」の列が二つ以上あります。", "使わないほうの列を消してください。")
    for header in matching.unknown:
        meant = survey_columns.nearest(header)
        guess = f"「{meant}」のことなら見出しを直してください。" if meant else ""
        outcome.hints.append(f"見出し「{header}」は分からないので読みません。{guess}")
    outcome.edition, outcome.encoding = matching.edition, sheet.encoding
    return Reader(matching, learn=learn)


class _Run:
    """One pass over a file."""

    def __init__(self, sheet: Sheet, outcome: Outcome, by: Actor | None) -> None:
        self.sheet = sheet
        self.outcome = outcome
        self.reader = _reader(sheet, outcome, learn=by is not None)
        self.speller = Speller()
        self.scribe = bulk_write.BulkWriter(by, self.speller) if by is not None else None
        self.seen: dict[tuple[str, ...], int] = {}

    def chunks(self) -> Iterator[list[Row]]:
        """Yield the rows of the file, read and checked, a few thousand at a time."""
        rows: list[Row] = []
        for line, cells in self.sheet.rows:
            if not any(cell.strip() for cell in cells):
                continue
            row = self.reader.read(line, cells)
            self._refuse_repetition(row)
            self.outcome.read += 1
            rows.append(row)
            if len(rows) == CHUNK:
                yield rows
                rows = []
        if rows:
            yield rows

    def take(self, rows: list[Row]) -> None:
        """Lay rows beside the inventory, count what differs, and write it if this pass writes."""
        pairs = row_matching.pair_up(rows, {pk: table for (table, _), pk in self.reader.code_ids.items()})
        for pair in pairs:
            if pair.row.number and pair.known is None:
                pair.row.defects.append(
                    Defect(pair.row.line, "手続番号", pair.row.number, "この番号の手続はありません。", _NEW_IS_BLANK)
                )
            self._count(pair)
        if self.scribe is not None:
            self.scribe.write([p for p in pairs if not p.row.defects and (p.known is None or p.differs)])

    def finish(self, file_name: str) -> None:
        """Close a pass that wrote."""
        assert self.scribe is not None
        self.scribe.finish(file_name, self.outcome.created, self.outcome.changed)
        self.outcome.written = True

    def _refuse_repetition(self, row: Row) -> None:
        key = row_matching.key_of(row)
        first = self.seen.setdefault(key, row.line)
        if first != row.line:
            column = {"number": "手続番号", "national": "手続ID"}.get(key[0], "手続名")
            problem = f"{first}行目と同じ手続です。"
            row.defects.append(Defect(row.line, column, key[1][:200], problem, "どちらかの行を消してください。"))

    def _count(self, pair: Pair) -> None:
        outcome, row = self.outcome, pair.row
        if row.defects:
            outcome.refused += 1
            outcome.defect_count += len(row.defects)
            outcome.defects += row.defects[: max(0, KEPT_DEFECTS - len(outcome.defects))]
            outcome.problems.update(f"{defect.column}: {defect.problem}" for defect in row.defects)
        elif pair.known is None:
            outcome.created += 1
        elif not pair.differs:
            outcome.unchanged += 1
        else:
            outcome.changed += 1
            if len(outcome.changes) < KEPT_CHANGES:
                outcome.changes += [Change(row.line, pair.known.number, *cell) for cell in self.speller.cells(pair)]
