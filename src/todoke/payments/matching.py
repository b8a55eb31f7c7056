"""Matching 突合: our receipts, the agent's report and the bank, line by line; pure, in integer yen."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from django.db.models import TextChoices


class LineKind(TextChoices):
    """明細の種類: what a line of a statement is about."""

    CAPTURE = "capture", "売上"
    REFUND = "refund", "返金"
    CHARGEBACK = "chargeback", "取消請求"
    CASH = "cash", "現金"
    PAYOUT = "payout", "入金"


class Discrepancy(TextChoices):
    """差異の区分: the ten classes of differences, shared by matching and its findings."""

    CAPTURED_NOT_ACKNOWLEDGED = "captured_not_acknowledged", "決済済みだが、当方に記録がない"
    ACKNOWLEDGED_NOT_CAPTURED = "acknowledged_not_captured", "当方は納付済みだが、事業者に記録がない"
    AMOUNT_DIFFERS = "amount_differs", "金額が違う"
    REFUND_MISSING = "refund_missing", "還付が事業者に届いていない"
    PAYOUT_DATE_MISSING = "payout_date_missing", "入金予定日がない"
    PAYOUT_DIFFERS = "payout_differs", "入金額が違う、または入金がない"
    CASH_DIFFERS = "cash_differs", "現金の過不足"
    CHARGED_BACK = "charged_back", "取消請求(チャージバック)"
    DUPLICATE = "duplicate", "二重"
    UNKNOWN = "unknown", "当方に該当がない"


@dataclass(frozen=True)
class LedgerSide:
    """One entry of our own ledger (当方の記録); ``open`` marks an attempt whose outcome the provider never told."""

    kind: LineKind
    reference: str
    yen: int
    open: bool = False


@dataclass(frozen=True)
class StatementSide:
    """One line of the agent's or terminal's report (事業者の明細)."""

    kind: LineKind
    reference: str
    yen: int
    fee_yen: int = 0
    payout: str = ""
    payout_on: date | None = None


@dataclass(frozen=True)
class BankLine:
    """One line of the bank statement (入金明細)."""

    payout: str
    yen: int


@dataclass(frozen=True)
class Mismatch:
    """One difference (差異): its class, the reference, and both amounts in yen; None where a side has no line."""

    difference: Discrepancy
    reference: str
    our_yen: int | None
    their_yen: int | None
    line: str = ""


@dataclass(frozen=True)
class MatchResult:
    """Result of matching (突合の結果): how many lines matched, and the mismatches."""

    matched: int
    mismatches: list[Mismatch]


def match(ours: Iterable[LedgerSide], theirs: Iterable[StatementSide]) -> MatchResult:
    """Match captures and refunds one to one by kind and reference; every other line is a mismatch."""
    known = {(fact.kind, fact.reference): fact for fact in ours}
    lines: dict[tuple[LineKind, str], list[StatementSide]] = defaultdict(list)
    for line in theirs:
        lines[line.kind, line.reference].append(line)
    found: list[Mismatch] = []
    matched = 0
    for key, told in lines.items():
        differences = list(_compare(known.get(key), told))
        found += differences
        matched += not differences
    for key, fact in known.items():
        if key not in lines and not fact.open:
            missing = (
                Discrepancy.REFUND_MISSING if fact.kind is LineKind.REFUND else Discrepancy.ACKNOWLEDGED_NOT_CAPTURED
            )
            found.append(Mismatch(missing, fact.reference, fact.yen, None))
    return MatchResult(matched, found)


def _compare(fact: LedgerSide | None, told: list[StatementSide]) -> Iterator[Mismatch]:
    first = told[0]
    if first.kind is LineKind.CHARGEBACK:
        yield Mismatch(Discrepancy.CHARGED_BACK, first.reference, None, first.yen)
    elif fact is None:
        yield Mismatch(Discrepancy.UNKNOWN, first.reference, None, first.yen, first.kind)
    elif fact.open:
        yield Mismatch(Discrepancy.CAPTURED_NOT_ACKNOWLEDGED, first.reference, None, first.yen)
    elif fact.yen != first.yen:
        yield Mismatch(Discrepancy.AMOUNT_DIFFERS, first.reference, fact.yen, first.yen)
    if told[1:]:
        yield Mismatch(
            Discrepancy.DUPLICATE, first.reference, first.yen, sum(again.yen for again in told[1:]), first.kind
        )
    if first.kind is not LineKind.CHARGEBACK and first.payout_on is None:
        yield Mismatch(Discrepancy.PAYOUT_DATE_MISSING, first.reference, None, first.yen)


def expected_payouts(theirs: Iterable[StatementSide]) -> dict[str, int]:
    """Return the net yen that each payout should bring: captures less refunds, chargebacks and fees."""
    total: Counter[str] = Counter()
    for line in theirs:
        if line.payout:
            total[line.payout] += (line.yen if line.kind is LineKind.CAPTURE else -line.yen) - line.fee_yen
    return dict(total)


def match_payouts(expected: dict[str, int], bank: Iterable[BankLine]) -> MatchResult:
    """Match expected net yen by payout with the bank's lines; one payout may arrive in several parts."""
    arrived: Counter[str] = Counter()
    for line in bank:
        arrived[line.payout] += line.yen
    found = [
        Mismatch(Discrepancy.PAYOUT_DIFFERS, payout, yen, arrived.get(payout))
        for payout, yen in expected.items()
        if arrived.get(payout) != yen
    ]
    matched = len(expected) - len(found)
    strange = [(payout, yen) for payout, yen in arrived.items() if payout not in expected]
    found += [Mismatch(Discrepancy.UNKNOWN, payout, None, yen, LineKind.PAYOUT) for payout, yen in strange]
    return MatchResult(matched, found)


def match_cash(booked: int, counted: Iterable[tuple[str, int]]) -> MatchResult:
    """Compare the cash booked with the cash counted in the tills, in yen; no till counted means no mismatch."""
    tills = list(counted)
    total = sum(yen for _, yen in tills)
    if not tills or total == booked:
        return MatchResult(len(tills), [])
    return MatchResult(0, [Mismatch(Discrepancy.CASH_DIFFERS, "、".join(name for name, _ in tills), booked, total)])
