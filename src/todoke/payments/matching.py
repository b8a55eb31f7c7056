"""Matching 突合: our receipts, the agent's report and the bank, line by line; pure, in integer yen."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Kind(StrEnum):
    """What a line of a statement is about (明細の種類)."""

    CAPTURE = "capture"
    REFUND = "refund"
    CHARGEBACK = "chargeback"
    CASH = "cash"
    PAYOUT = "payout"


class Difference(StrEnum):
    """The classes of a difference (差異の区分)."""

    CAPTURED_NOT_ACKNOWLEDGED = "captured_not_acknowledged"
    ACKNOWLEDGED_NOT_CAPTURED = "acknowledged_not_captured"
    AMOUNT_DIFFERS = "amount_differs"
    REFUND_MISSING = "refund_missing"
    PAYOUT_DATE_MISSING = "payout_date_missing"
    PAYOUT_DIFFERS = "payout_differs"
    CASH_DIFFERS = "cash_differs"
    CHARGED_BACK = "charged_back"
    DUPLICATE = "duplicate"
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class Ours:
    """What our own books say (当方の記録); ``open`` marks a try whose outcome we were never told."""

    kind: Kind
    reference: str
    yen: int
    open: bool = False


@dataclass(frozen=True)
class Theirs:
    """One line of the agent's or terminal's report (事業者の明細)."""

    kind: Kind
    reference: str
    yen: int
    fee_yen: int = 0
    payout: str = ""
    payout_on: date | None = None


@dataclass(frozen=True)
class Bank:
    """One line of the bank statement (入金明細)."""

    payout: str
    yen: int


@dataclass(frozen=True)
class Found:
    """One difference (差異): which, about what, and both amounts in yen; None where a side has no line."""

    difference: Difference
    reference: str
    our_yen: int | None
    their_yen: int | None
    line: str = ""


@dataclass(frozen=True)
class Outcome:
    """What matching found (突合の結果)."""

    matched: int
    found: list[Found]


def match(ours: Iterable[Ours], theirs: Iterable[Theirs]) -> Outcome:
    """Match captures and refunds one to one by kind and reference; everything else is a difference."""
    known = {(fact.kind, fact.reference): fact for fact in ours}
    lines: dict[tuple[Kind, str], list[Theirs]] = defaultdict(list)
    for line in theirs:
        lines[line.kind, line.reference].append(line)
    found: list[Found] = []
    matched = 0
    for key, told in lines.items():
        differences = list(_compare(known.get(key), told))
        found += differences
        matched += not differences
    for key, fact in known.items():
        if key not in lines and not fact.open:
            missing = Difference.REFUND_MISSING if fact.kind is Kind.REFUND else Difference.ACKNOWLEDGED_NOT_CAPTURED
            found.append(Found(missing, fact.reference, fact.yen, None))
    return Outcome(matched, found)


def _compare(fact: Ours | None, told: list[Theirs]) -> Iterator[Found]:
    first = told[0]
    if first.kind is Kind.CHARGEBACK:
        yield Found(Difference.CHARGED_BACK, first.reference, None, first.yen)
    elif fact is None:
        yield Found(Difference.UNKNOWN, first.reference, None, first.yen, first.kind)
    elif fact.open:
        yield Found(Difference.CAPTURED_NOT_ACKNOWLEDGED, first.reference, None, first.yen)
    elif fact.yen != first.yen:
        yield Found(Difference.AMOUNT_DIFFERS, first.reference, fact.yen, first.yen)
    if told[1:]:
        yield Found(Difference.DUPLICATE, first.reference, first.yen, sum(again.yen for again in told[1:]), first.kind)
    if first.kind is not Kind.CHARGEBACK and first.payout_on is None:
        yield Found(Difference.PAYOUT_DATE_MISSING, first.reference, None, first.yen)


def expected_payouts(theirs: Iterable[Theirs]) -> dict[str, int]:
    """Return the net yen that each payout should bring: captures less refunds, chargebacks and fees."""
    total: Counter[str] = Counter()
    for line in theirs:
        if line.payout:
            total[line.payout] += (line.yen if line.kind is Kind.CAPTURE else -line.yen) - line.fee_yen
    return dict(total)


def match_payouts(expected: dict[str, int], bank: Iterable[Bank]) -> Outcome:
    """Match payouts with the bank; one payout may arrive in several parts."""
    arrived: Counter[str] = Counter()
    for line in bank:
        arrived[line.payout] += line.yen
    found = [
        Found(Difference.PAYOUT_DIFFERS, payout, yen, arrived.get(payout))
        for payout, yen in expected.items()
        if arrived.get(payout) != yen
    ]
    matched = len(expected) - len(found)
    strange = [(payout, yen) for payout, yen in arrived.items() if payout not in expected]
    found += [Found(Difference.UNKNOWN, payout, None, yen, Kind.PAYOUT) for payout, yen in strange]
    return Outcome(matched, found)


def match_cash(booked: int, counted: Iterable[tuple[str, int]]) -> Outcome:
    """Compare the cash that was booked with what lies in the tills."""
    tills = list(counted)
    total = sum(yen for _, yen in tills)
    if not tills or total == booked:
        return Outcome(len(tills), [])
    return Outcome(0, [Found(Difference.CASH_DIFFERS, "、".join(name for name, _ in tills), booked, total)])
