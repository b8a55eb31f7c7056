"""Statements 明細の取込: files of tills, terminals, agents and banks, parsed by column templates."""

import hashlib
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import IntegrityError, transaction

from todoke.accounts.actors import Actor, user_of
from todoke.audit import log
from todoke.file_validation.bounded_read import read_bounded
from todoke.japanese.calendar import today
from todoke.japanese.days import parse_cell_date
from todoke.japanese.identifiers import identifier_text
from todoke.japanese.parsers import parse_integer
from todoke.payments import statement_formats
from todoke.payments.matching import LineKind
from todoke.payments.models.column_template import ColumnTemplate
from todoke.payments.models.day_close import Statement, StatementLine
from todoke.payments.statement_formats import StatementFormat
from todoke.runtime.refusals import Conflict, Unreadable
from todoke.spreadsheets.rows_below import LeftOut, in_words
from todoke.spreadsheets.table import read_table

MAX_BYTES = 20 * 1024 * 1024
MOST_YEN = 10**12
REPEATED = "前に取り込んだ行と同じ行"
Line = dict[str, Any]
Rows = list[tuple[int, dict[str, str]]]
KINDS = {
    "売上": LineKind.CAPTURE, "決済": LineKind.CAPTURE, "capture": LineKind.CAPTURE, "captured": LineKind.CAPTURE,
    "返金": LineKind.REFUND, "還付": LineKind.REFUND, "refund": LineKind.REFUND, "refunded": LineKind.REFUND,
    "取消請求": LineKind.CHARGEBACK, "チャージバック": LineKind.CHARGEBACK, "chargeback": LineKind.CHARGEBACK,
    "現金": LineKind.CASH, "cash": LineKind.CASH, "入金": LineKind.PAYOUT,
    "振込": LineKind.PAYOUT, "payout": LineKind.PAYOUT,
}  # fmt: skip
USUAL_KIND = {
    Statement.Source.TILL: LineKind.CASH,
    Statement.Source.AGENT: LineKind.CAPTURE,
    Statement.Source.BANK: LineKind.PAYOUT,
}


@dataclass(frozen=True)
class StatementDefect:
    """A cell that cannot be read (不備): which row and column, what stands there, and what to do."""

    row: int
    column: str
    value: str
    remedy: str

    def __str__(self) -> str:
        return f"{self.row}行目「{self.column}」の「{self.value}」: {self.remedy}"


@dataclass(frozen=True)
class ParsedStatement:
    """読み取った明細: whose it is, its lines, and the rows that are no lines."""

    source: str
    lines: list[Line]
    left_out: Sequence[LeftOut] = ()


class UnreadableStatement(Unreadable):
    """A statement that cannot be parsed; ``defects`` says where. Nothing was imported."""

    def __init__(self, message: str, defects: list[StatementDefect] | None = None) -> None:
        super().__init__(message)
        self.defects = defects or []


def _day(cell: str) -> date:
    """Parse a day; six digits are YYMMDD of a fixed-width file."""
    if len(cell) == 6 and cell.isdecimal():
        return statement_formats.era_day(cell, today=today())
    day = parse_cell_date(cell)
    if day is None:
        raise ValueError(cell)
    return day


def _yen(cell: str) -> int:
    number = parse_integer(cell or "0")
    if number is None or abs(number) >= MOST_YEN:
        raise ValueError(cell)
    return number


def _kind(cell: str) -> LineKind:
    return KINDS[unicodedata.normalize("NFKC", cell).casefold()]


READERS = {
    "day": (_day, "2026-11-22 か 令和8年11月22日 の形の日付にしてください"),
    "payout_on": (_day, "2026-11-22 か 令和8年11月22日 の形の日付にしてください"),
    "yen": (_yen, "円単位の整数にしてください"),
    "fee_yen": (_yen, "円単位の整数にしてください"),
    "kind": (_kind, f"「{'」「'.join(['売上', '返金', '取消請求', '現金', '入金'])}」のどれかにしてください"),
}


def read(content: bytes, source: str = "") -> ParsedStatement:
    """Parse a file by its content. Without ``source`` the columns tell whose it is. Raises UnreadableStatement."""
    if len(content) > MAX_BYTES:
        raise UnreadableStatement("ファイルが大きすぎます(20MB まで)。日を分けて取り込んでください。")
    known = [layout for layout in ColumnTemplate.all_formats() if source in {"", layout.source}]
    fixed = statement_formats.records(content)
    layout, rows, left_out = (_fixed(fixed, known), None, ()) if fixed is not None else _table(content, known)
    found = statement_formats.fixed_rows(layout, fixed) if fixed is not None else rows or []
    defects: list[StatementDefect] = []
    usual = {"kind": USUAL_KIND[Statement.Source(layout.source)]}
    lines = [{"row": number, **usual, **_cells(number, cells, defects)} for number, cells in found]
    if defects:
        raise UnreadableStatement(
            f"{len(defects)}か所を直してから、もう一度取り込んでください。何も取り込んでいません。", defects
        )
    for line in lines:
        if line["kind"] == LineKind.PAYOUT and not line.get("payout"):
            line["payout"] = line["reference"]
    incoming = [line["yen"] for line in lines if line["yen"] > 0]
    if fixed is not None and statement_formats.trailer_differs(layout, fixed, sum(incoming), len(incoming)):
        raise UnreadableStatement(
            "件数か合計が、ファイルの末尾の記録と合いません。銀行から、もう一度受け取ってください。"
        )
    return ParsedStatement(layout.source, lines, left_out)


def _fixed(records: list[str], known: list[StatementFormat]) -> StatementFormat:
    layout = next((layout for layout in known if layout.type_code == records[0][1:3]), None)
    if layout is None:
        raise UnreadableStatement(f"種別コード {records[0][1:3]} の固定長ファイルを読む列テンプレートがありません。")
    return layout


def _table(content: bytes, known: list[StatementFormat]) -> tuple[StatementFormat, Rows, Sequence[LeftOut]]:
    """Return the format whose columns the file has, its rows, and what was left out. Raises UnreadableStatement."""
    tables = [layout for layout in known if not layout.is_fixed] or [statement_formats.AGENT]
    try:
        table = read_bounded(read_table, content, tuple(layout.wanted() for layout in tables))
    except Unreadable as refusal:
        raise UnreadableStatement(str(refusal)) from refusal
    layout = max(tables, key=lambda one: one.count_matches(table.heads))
    places = layout.column_indexes(table.heads)
    found = [
        (number, {field: row[at] if at < len(row) else "" for field, at in places.items()})
        for number, row in table.rows
    ]
    return layout, found, table.left_out


def _cells(number: int, row: dict[str, str], defects: list[StatementDefect]) -> Line:
    cells: Line = {}
    for name, written in row.items():
        cell = written.strip()
        if name not in READERS:
            cells[name] = identifier_text(cell)
            continue
        reader, remedy = READERS[name]
        if not cell and name in {"payout_on", "fee_yen", "kind"}:
            continue
        try:
            cells[name] = reader(cell)
        except (KeyError, ValueError):
            defects.append(StatementDefect(number, statement_formats.FIELDS[name], cell, remedy))
    return cells


@transaction.atomic
def import_statement(name: str, content: bytes, source: str = "", *, by: Actor) -> Statement:
    """Import one statement (明細の取込), all or nothing; the same file again returns the first import.

    A line that came before, also in another file, is not counted again; ``left_out`` says so.

    Without ``source`` the columns tell whose it is. Raises UnreadableStatement.
    """
    seal = hashlib.sha256(content).hexdigest()
    known = Statement.objects.filter(file_hash=seal).first()
    if known:
        return known
    found = read(content, source)
    statement = Statement(source=found.source, name=name[:200], file_hash=seal, imported_by=user_of(by))
    lines = [StatementLine(statement=statement, source=found.source, **line) for line in found.lines]
    new, again = StatementLine.objects.unknown(lines)
    repeated = [LeftOut(line.row, str(line), REPEATED) for line in again]
    statement.left_out = "\n".join(in_words([*found.left_out, *repeated]))
    statement.save()
    StatementLine.objects.bulk_create(new, batch_size=1000)
    counts = {"source": found.source, "lines": len(new), "repeated": len(again), "left_out": len(found.left_out)}
    log.record(statement, "明細の取込", by=by, after=counts)
    return statement


def import_statements(files: Iterable[tuple[str, bytes]], source: str = "", *, by: Actor) -> list[Statement]:
    """Import all files, each a name and its content, or none (明細の取込).

    Raises UnreadableStatement, which names the first file that cannot be parsed; Conflict where somebody else imported
    the same lines at the same moment.
    """
    try:
        return _import_all(files, source, by)
    except IntegrityError as again:
        raise Conflict(
            "同じ明細を、ほかの人が同時に取り込みました。ここからは何も取り込んでいません。もう一度取り込むと、"
            "先に取り込まれた行を除いて取り込みます。"
        ) from again


@transaction.atomic
def _import_all(files: Iterable[tuple[str, bytes]], source: str, by: Actor) -> list[Statement]:
    taken = []
    for name, content in files:
        try:
            taken.append(import_statement(name, content, source, by=by))
        except UnreadableStatement as problem:
            raise UnreadableStatement(f"{name}: {problem}", problem.defects) from problem
    return taken
