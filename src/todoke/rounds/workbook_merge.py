"""Workbook merge 棚卸の取りまとめ: three-way merge of a returned workbook, cell by cell: base, inventory, workbook."""

from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.db import transaction
from django.utils import timezone

from todoke.accounts.actors import Actor, user_of
from todoke.audit import log
from todoke.audit.transitions import compare_and_set
from todoke.file_validation.bounded_read import read_within
from todoke.procedures import registration, survey_columns
from todoke.procedures.formats import ValueFormatter
from todoke.procedures.imports.row_parser import RowParser, UnreadableCell
from todoke.procedures.models import ListingRequest
from todoke.procedures.survey_columns import Column
from todoke.rounds import progress, round_questions
from todoke.rounds.models import MergedCell, RoundSheet, Workbook
from todoke.rounds.round_questions import CurrentValues
from todoke.rounds.workbooks import TOKEN_SHEET
from todoke.spreadsheets.headings import Headings, heading_key
from todoke.spreadsheets.reader import LIMITS, UnreadableFile, cell_text, open_sheet
from todoke.spreadsheets.rows_below import ABOVE, TOTAL, LeftOut, is_total

Outcome = MergedCell.Outcome
MOST_NOTE = 2000
_NOT_HERE = "この棚卸票にない手続番号です。台帳にない手続なら、手続番号を空けて手続名を書くと、登録を依頼できます。"
WANTED = (
    Headings(
        ((round_questions.KEYS[0],),),
        (*round_questions.KEYS, *(column.header for column in round_questions.ASKED_COLUMNS)),
        every_row=True,
    ),
)


@dataclass
class MergeResult:
    """The result of a merge: cells by outcome, rows merged, and columns and rows missing from the workbook."""

    sheet: RoundSheet
    cells: Counter[str] = field(default_factory=Counter)
    rows: int = 0
    absent_columns: list[str] = field(default_factory=list)
    absent_rows: int = 0


def identify_workbook(path: Path) -> Workbook:
    """Return the workbook of a file by its hidden token. Raises UnreadableFile."""
    open_sheet(path, WANTED)
    token = read_within(LIMITS, cell_text, path, TOKEN_SHEET)
    if not token:
        raise UnreadableFile(
            "この棚卸で配ったブックではありません(配布番号がありません)。", "配られたブックに書き写してください。"
        )
    found = Workbook.objects.select_related("sheet__round", "sheet__department").filter(token=token)
    if book := found.first():
        return book
    raise UnreadableFile("配布番号に当てはまる棚卸票がありません。", "最新のブックを受け取り直してください。")


@transaction.atomic
def merge_workbook(path: Path, *, by: Actor) -> MergeResult:
    """棚卸の取りまとめ: merge a returned workbook in one transaction; conflicts and defects are saved for a person.

    Raises UnreadableFile.
    """
    book = identify_workbook(path)
    return _Merge(book, by).run(path)


class _Merge:
    """The state of one merge."""

    def __init__(self, book: Workbook, by: Actor) -> None:
        self.book = book
        self.by = by
        self.now = timezone.now()
        self.formatter = ValueFormatter()
        self.parser = RowParser(survey_columns.map_headers([]), learn=True)
        rows = book.sheet.rows.select_related("procedure__department")
        self.current_values = round_questions.current_values(book.sheet.round, rows)
        self.merged = MergeResult(book.sheet)
        self.cells: list[MergedCell] = []

    def run(self, path: Path) -> MergeResult:
        page = open_sheet(path, WANTED)
        places = {heading_key(header): place for place, header in reversed(list(enumerate(page.headers)))}
        known = [
            (column, places[plain])
            for column in round_questions.ASKED_COLUMNS
            if (plain := heading_key(column.header)) in places
        ]
        self.merged.absent_columns = [
            c.header for c in round_questions.ASKED_COLUMNS if heading_key(c.header) not in places
        ]
        key, *names = (places.get(heading_key(header)) for header in round_questions.KEYS)
        assert key is not None
        seen: set[str] = set()
        for line, cells in page.rows:
            number = cells[key].strip().upper() if key < len(cells) else ""
            said = {c: cells[at].strip() if at < len(cells) else "" for c, at in known}
            if number:
                self._row(line, number, said, seen)
            else:
                title, law = (cells[at].strip() if at is not None and at < len(cells) else "" for at in names)
                if is_total(title):
                    page.left_out.append(LeftOut(line, title, TOTAL))
                else:
                    self._unlisted(line, title, law, said)
        for left in filter(lambda one: one.row and one.why != ABOVE, page.left_out):
            self._note(None, left.row, Column("手続番号", ""), "", "", left.text, Outcome.DEFECT, f"{left.why}。")
        self.merged.absent_rows = len(self.book.cells.keys() - seen)
        MergedCell.objects.bulk_create(self.cells, batch_size=500)
        log.record(self.book.sheet, "棚卸ブックの取りまとめ", by=self.by, after=dict(self.merged.cells))
        return self.merged

    def _row(self, line: int, number: str, said: dict[Column, str], seen: set[str]) -> None:
        current, base = self.current_values.get(number), self.book.cells.get(number)
        if current is None or base is None:
            self._note(None, line, Column("手続番号", ""), "", "", number, Outcome.DEFECT, _NOT_HERE)
            return
        if number in seen:
            self._note(
                current, line, Column("手続番号", ""), "", "", number, Outcome.DEFECT, "同じ手続の行が二つあります。"
            )
            return
        seen.add(number)
        self.merged.rows += 1
        taken: dict[Column, Any] = {}
        handed = dict(zip(round_questions.ASKED_COLUMNS, base, strict=True))
        for column, cell in said.items():
            if cell != handed[column]:
                self._cell(line, current, column, handed[column], cell, taken)
        if taken:
            progress.save_answer(current, taken, by=self.by)

    def _unlisted(self, line: int, title: str, law: str, said: dict[Column, str]) -> None:
        """Ask for a procedure that the inventory lacks; what else the row says goes along as its note."""
        column = Column("手続名", "title")
        note = "\n".join(f"{c.header}: {cell}" for c, cell in said.items() if cell)
        try:
            facts = {"title": self.parser.value(column, title), "law": self.parser.value(Column("法令名", "law"), law)}
            facts["note"] = self.parser.value(Column("区の補足", "municipal_note"), note)
        except UnreadableCell as refusal:
            problem = f"{refusal.problem}{refusal.remedy}"
            self._note(None, line, column, "", "", title or law, Outcome.DEFECT, problem)
            return
        if not title or len(note) > MOST_NOTE:
            problem = "手続名を書いてください。" if not title else f"書かれた内容が{MOST_NOTE:,}字を超えています。"
            self._note(None, line, column, "", "", title or law or note, Outcome.DEFECT, problem)
            return
        section = self.book.sheet.department
        if ListingRequest.objects.filter(department=section, title=title).exists():
            return
        asked = ListingRequest(department=section, source=ListingRequest.Source.ROUND, **facts)
        registration.request_listing(asked, by=self.by)
        self._note(None, line, Column("台帳にない手続", ""), "", "", title, Outcome.REQUESTED, "")

    def _cell(
        self, line: int, current: CurrentValues, column: Column, base: str, cell: str, taken: dict[Column, Any]
    ) -> None:
        ours = round_questions.format_answer(self.formatter, column, current.values[column.name])
        try:
            theirs = round_questions.parse_answer(self.parser, column, cell)
        except UnreadableCell as refusal:
            self._note(current, line, column, base, ours, cell, Outcome.DEFECT, f"{refusal.problem}{refusal.remedy}")
            return
        before = round_questions.parse_answer(self.parser, column, base)
        if theirs in (before, current.values[column.name]):
            return
        if problem := progress.answer_error(current, {**taken, column: theirs}):
            self._note(current, line, column, base, ours, cell, Outcome.DEFECT, problem)
        elif current.values[column.name] == before:
            taken[column] = theirs
            self._note(current, line, column, base, ours, cell, Outcome.TAKEN, "")
        else:
            self._note(current, line, column, base, ours, cell, Outcome.CONFLICT, "配った後に台帳も変わっています。")

    def _note(
        self, current: CurrentValues | None, line: int, column: Column, base: str, ours: str, theirs: str,
        outcome: MergedCell.Outcome, problem: str,
    ) -> None:  # fmt: skip
        self.merged.cells[outcome] += 1
        self.cells.append(
            MergedCell(
                sheet=self.book.sheet, procedure=current.procedure if current else None, line=line,
                field=column.header, base=base, ours=ours, theirs=theirs, outcome=outcome, problem=problem[:400],
                at=self.now, said_by=user_of(self.by),
            )
        )  # fmt: skip


@transaction.atomic
def resolve_conflict(cell: MergedCell, *, take_theirs: bool, by: Actor) -> bool:
    """食い違いの解決: resolve a conflict for the workbook or for the inventory; False when it was resolved before."""
    outcome = Outcome.THEIRS if take_theirs else Outcome.OURS
    if not compare_and_set(cell, {"outcome": Outcome.CONFLICT}, outcome=outcome, settled_by=user_of(by)):
        return False
    if take_theirs and cell.procedure:
        row = cell.sheet.rows.select_related("procedure__department").get(procedure=cell.procedure)
        current = round_questions.current_values(cell.sheet.round, [row])[cell.procedure.number]
        column = next(column for column in round_questions.ASKED_COLUMNS if column.header == cell.field)
        value = round_questions.parse_answer(RowParser(survey_columns.map_headers([]), learn=True), column, cell.theirs)
        progress.save_answer(current, {column: value}, by=by)
    log.record(cell.sheet, "食い違いの解決", by=by, after={"項目": cell.field, "結果": outcome})
    return True
