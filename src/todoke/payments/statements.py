"""Statements 明細の取込: files of tills, terminals, agents and banks, parsed by column templates."""

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction

from todoke.accounts.actors import Actor, user_of
from todoke.audit import log
from todoke.file_validation.bounded_read import read_bounded
from todoke.japanese.calendar import today
from todoke.payments import statement_formats
from todoke.payments.matching import LineKind
from todoke.payments.models.column_template import ColumnTemplate
from todoke.payments.models.day_close import Statement, StatementLine
from todoke.payments.statement_formats import StatementFormat
from todoke.runtime.refusals import Unreadable
from todoke.spreadsheets.table import decode_table, read_table

MAX_BYTES = 20 * 1024 * 1024
MOST_YEN = 10**12
Line = dict[str, Any]
Rows = list[tuple[int, dict[str, Any]]]
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


class UnreadableStatement(Unreadable):
    """A statement that cannot be parsed; ``defects`` says where. Nothing was imported."""

    def __init__(self, message: str, defects: list[StatementDefect] | None = None) -> None:
        super().__init__(message)
        self.defects = defects or []


def _rows(name: str, content: bytes) -> Iterator[list[Any]]:
    """Return the rows of an Excel sheet or a CSV file. Raises UnreadableStatement."""
    try:
        return iter(read_bounded(read_table, name, content))
    except Unreadable as refusal:
        raise UnreadableStatement(str(refusal)) from refusal


def _text(content: bytes) -> str:
    try:
        return decode_table(content)
    except Unreadable as refusal:
        raise UnreadableStatement(str(refusal)) from refusal


def _day(cell: Any) -> date:
    if isinstance(cell, datetime):
        return cell.date()
    if isinstance(cell, date):
        return cell
    text = str(cell).strip().replace("/", "-").replace(".", "-")
    if len(text) == 6 and text.isdecimal():
        return statement_formats.era_day(text, today=today())
    return date.fromisoformat(text if "-" in text else f"{text[:4]}-{text[4:6]}-{text[6:]}")


def _yen(cell: Any) -> int:
    text = str(cell).strip().replace(",", "").replace("円", "").replace("¥", "").replace("¥", "")
    number = float(text or 0)
    if not abs(number) < MOST_YEN or number != int(number):
        raise ValueError(number)
    return int(number)


def _kind(cell: Any) -> LineKind:
    return KINDS[str(cell).strip()]


READERS = {
    "day": (_day, "2026-11-22 の形の日付にしてください"),
    "payout_on": (_day, "2026-11-22 の形の日付にしてください"),
    "yen": (_yen, "円単位の整数にしてください"),
    "fee_yen": (_yen, "円単位の整数にしてください"),
    "kind": (_kind, f"「{'」「'.join(['売上', '返金', '取消請求', '現金', '入金'])}」のどれかにしてください"),
}


def read(name: str, content: bytes, source: str = "") -> tuple[str, list[Line]]:
    """Parse a file; returns its source and lines. Without ``source`` the columns tell. Raises UnreadableStatement."""
    if len(content) > MAX_BYTES:
        raise UnreadableStatement("ファイルが大きすぎます(20MB まで)。日を分けて取り込んでください。")
    known = [layout for layout in ColumnTemplate.all_formats() if source in {"", layout.source}]
    fixed = None if name.lower().endswith((".xlsx", ".xls")) else statement_formats.records(_text(content))
    layout, rows = _fixed(fixed, known) if fixed is not None else _table(_rows(name, content), known)
    defects: list[StatementDefect] = []
    usual = {"kind": USUAL_KIND[Statement.Source(layout.source)]}
    lines = [{"row": number, **usual, **_cells(number, cells, defects)} for number, cells in rows]
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
    return layout.source, lines


def _fixed(records: list[str], known: list[StatementFormat]) -> tuple[StatementFormat, Rows]:
    layout = next((layout for layout in known if layout.type_code == records[0][1:3]), None)
    if layout is None:
        raise UnreadableStatement(f"種別コード {records[0][1:3]} の固定長ファイルを読む列テンプレートがありません。")
    return layout, list(statement_formats.fixed_rows(layout, records))


def _table(rows: Iterator[list[Any]], known: list[StatementFormat]) -> tuple[StatementFormat, Rows]:
    titles = [str(cell).strip() for cell in next(rows, [])]
    layout = max(known, key=lambda layout: layout.count_matches(titles), default=None)
    if layout is None or not layout.count_matches(titles):
        near = next((one for one in known if not one.is_fixed), statement_formats.AGENT)
        missing = [
            statement_formats.FIELDS[field]
            for field in statement_formats.REQUIRED_FIELDS
            if field not in near.column_indexes(titles)
        ]
        raise UnreadableStatement(f"見出しに「{'」「'.join(missing)}」がありません。1行目に見出しを入れてください。")
    places = layout.column_indexes(titles)
    found = []
    for number, row in enumerate(rows, 2):
        if any(str(cell).strip() for cell in row):
            found.append((number, {field: row[at] if at < len(row) else "" for field, at in places.items()}))
    return layout, found


def _cells(number: int, row: dict[str, Any], defects: list[StatementDefect]) -> Line:
    cells: Line = {}
    for name, cell in row.items():
        if name not in READERS:
            cells[name] = str(cell).strip()
            continue
        reader, remedy = READERS[name]
        if str(cell).strip() == "" and name in {"payout_on", "fee_yen", "kind"}:
            continue
        try:
            cells[name] = reader(cell)
        except (KeyError, ValueError):
            defects.append(StatementDefect(number, statement_formats.FIELDS[name], str(cell), remedy))
    return cells


@transaction.atomic
def import_statement(name: str, content: bytes, source: str = "", *, by: Actor) -> Statement:
    """Import one statement (明細の取込), all or nothing; the same file again returns the first import.

    Without ``source`` the columns tell whose it is. Raises UnreadableStatement.
    """
    seal = hashlib.sha256(content).hexdigest()
    known = Statement.objects.filter(file_hash=seal).first()
    if known:
        return known
    whose, lines = read(name, content, source)
    statement = Statement.objects.create(source=whose, name=name[:200], file_hash=seal, imported_by=user_of(by))
    StatementLine.objects.bulk_create((StatementLine(statement=statement, **line) for line in lines), batch_size=1000)
    log.record(statement, "明細の取込", by=by, after={"source": whose, "lines": len(lines)})
    return statement


@transaction.atomic
def import_statements(files: Iterable[tuple[str, bytes]], source: str = "", *, by: Actor) -> list[Statement]:
    """Import all files, each a name and its content, or none (明細の取込).

    Raises UnreadableStatement, which names the first file that cannot be parsed.
    """
    taken = []
    for name, content in files:
        try:
            taken.append(import_statement(name, content, source, by=by))
        except UnreadableStatement as problem:
            raise UnreadableStatement(f"{name}: {problem}", problem.defects) from problem
    return taken
