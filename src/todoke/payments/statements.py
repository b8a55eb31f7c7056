"""Statements 明細の取込: files of tills, terminals, agents and banks, read by column templates."""

import csv
import hashlib
import io
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import python_calamine
from django.db import transaction

from todoke.accounts.actors import Actor, user_of
from todoke.audit import chain
from todoke.payments.matching import Kind
from todoke.payments.models.day_close import Statement, StatementLine

LARGEST = 20 * 1024 * 1024
HEADERS = {
    "day": ("業務日", "取引日", "利用日", "日付", "day"),
    "kind": ("種類", "区分", "取引区分", "kind"),
    "reference": ("照合番号", "取引番号", "承認番号", "レジ番号", "reference"),
    "yen": ("金額", "利用金額", "入金額", "yen"),
    "fee_yen": ("手数料", "決済手数料", "fee_yen"),
    "payout": ("入金番号", "振込番号", "payout"),
    "payout_on": ("入金予定日", "振込予定日", "payout_on"),
}
KINDS = {
    "売上": Kind.CAPTURE, "決済": Kind.CAPTURE, "capture": Kind.CAPTURE, "captured": Kind.CAPTURE,
    "返金": Kind.REFUND, "還付": Kind.REFUND, "refund": Kind.REFUND, "refunded": Kind.REFUND,
    "取消請求": Kind.CHARGEBACK, "チャージバック": Kind.CHARGEBACK, "chargeback": Kind.CHARGEBACK,
    "現金": Kind.CASH, "cash": Kind.CASH, "入金": Kind.PAYOUT, "振込": Kind.PAYOUT, "payout": Kind.PAYOUT,
}  # fmt: skip
USUAL_KIND = {
    Statement.Source.TILL: Kind.CASH,
    Statement.Source.AGENT: Kind.CAPTURE,
    Statement.Source.BANK: Kind.PAYOUT,
}


@dataclass(frozen=True)
class Defect:
    """A cell that cannot be read (不備): which row and column, what stands there, and what to do."""

    row: int
    column: str
    value: str
    remedy: str

    def __str__(self) -> str:
        return f"{self.row}行目「{self.column}」の「{self.value}」: {self.remedy}"


class Unreadable(ValueError):
    """A statement that cannot be taken; ``defects`` says where. Nothing was imported."""

    def __init__(self, message: str, defects: list[Defect] | None = None) -> None:
        super().__init__(message)
        self.defects = defects or []


def _rows(name: str, content: bytes) -> Iterator[list[Any]]:
    if name.lower().endswith((".xlsx", ".xls")):
        try:
            yield from (
                python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_index(0).iter_rows()
            )
        except (python_calamine.CalamineError, ValueError) as problem:
            raise Unreadable("Excel ファイルとして開けません。CSV で保存して、もう一度お試しください。") from problem
        return
    for encoding in ("utf-8-sig", "cp932"):
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        yield from csv.reader(io.StringIO(text))
        return
    raise Unreadable("文字コードを読み取れません。UTF-8 または Shift_JIS の CSV で保存してください。")


def _columns(header: list[Any]) -> dict[str, int]:
    titles = [str(cell).strip() for cell in header]
    found = {name: titles.index(title) for name, known in HEADERS.items() for title in known if title in titles}
    missing = [HEADERS[name][0] for name in ("day", "reference", "yen") if name not in found]
    if missing:
        raise Unreadable(f"見出しに「{'」「'.join(missing)}」がありません。1行目に見出しを入れてください。")
    return found


def _day(cell: Any) -> date:
    if isinstance(cell, datetime):
        return cell.date()
    if isinstance(cell, date):
        return cell
    text = str(cell).strip().replace("/", "-").replace(".", "-")
    return date.fromisoformat(text if "-" in text else f"{text[:4]}-{text[4:6]}-{text[6:]}")


def _yen(cell: Any) -> int:
    text = str(cell).strip().replace(",", "").replace("円", "").replace("¥", "").replace("¥", "")
    number = float(text or 0)
    if number != int(number):
        raise ValueError
    return int(number)


def _kind(cell: Any) -> Kind:
    return KINDS[str(cell).strip()]


READERS = {
    "day": (_day, "2026-11-22 の形の日付にしてください"),
    "payout_on": (_day, "2026-11-22 の形の日付にしてください"),
    "yen": (_yen, "円単位の整数にしてください"),
    "fee_yen": (_yen, "円単位の整数にしてください"),
    "kind": (_kind, f"「{'」「'.join(['売上', '返金', '取消請求', '現金', '入金'])}」のどれかにしてください"),
}


def read(name: str, content: bytes, source: str) -> list[dict[str, Any]]:
    """Return the lines of a statement. Raises Unreadable with every defect named."""
    if len(content) > LARGEST:
        raise Unreadable("ファイルが大きすぎます(20MB まで)。日を分けて取り込んでください。")
    rows = _rows(name, content)
    columns = _columns(next(rows, []))
    defects: list[Defect] = []
    lines = []
    for number, row in enumerate(rows, 2):
        if any(str(cell).strip() for cell in row):
            lines.append(
                {"row": number, "kind": USUAL_KIND[Statement.Source(source)], **_cells(number, row, columns, defects)}
            )
    if defects:
        raise Unreadable(
            f"{len(defects)}か所を直してから、もう一度取り込んでください。何も取り込んでいません。", defects
        )
    return lines


def _cells(number: int, row: list[Any], columns: dict[str, int], defects: list[Defect]) -> dict[str, Any]:
    cells: dict[str, Any] = {}
    for name, place in columns.items():
        cell = row[place] if place < len(row) else ""
        if name not in READERS:
            cells[name] = str(cell).strip()
            continue
        reader, remedy = READERS[name]
        if str(cell).strip() == "" and name in {"payout_on", "fee_yen", "kind"}:
            continue
        try:
            cells[name] = reader(cell)
        except (KeyError, ValueError):
            defects.append(Defect(number, HEADERS[name][0], str(cell), remedy))
    return cells


@transaction.atomic
def take_in(name: str, content: bytes, source: str, *, by: Actor) -> Statement:
    """Import one statement (明細の取込), all or nothing; the same file again returns the first import."""
    seal = hashlib.sha256(source.encode() + content).hexdigest()
    known = Statement.objects.filter(file_hash=seal).first()
    if known:
        return known
    lines = read(name, content, source)
    statement = Statement.objects.create(source=source, name=name[:200], file_hash=seal, imported_by=user_of(by))
    StatementLine.objects.bulk_create((StatementLine(statement=statement, **line) for line in lines), batch_size=1000)
    chain.record(statement, "明細の取込", by=by, after={"source": source, "lines": len(lines)})
    return statement
