"""Reconciliation 締め: our ledger, the agents' reports and the bank of one day, and the findings left to explain."""

from collections import Counter
from collections.abc import Set as AbstractSet
from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import Sum
from django.utils import timezone

from todoke.accounts.actors import Actor, user_of
from todoke.japanese.calendar import start_of_day
from todoke.payments import ledger_accounts, matching, open_items, slip_settlement
from todoke.payments.matching import BankLine, Discrepancy, LedgerSide, LineKind, Mismatch, StatementSide
from todoke.payments.models import Attempt, ChargeLine, Journal, LedgerLine, Receipt, Refund
from todoke.payments.models.day_close import DayClose, Finding, Statement, StatementLine

AGENT_KINDS = [LineKind.CAPTURE, LineKind.REFUND, LineKind.CHARGEBACK]
_THEIRS = ("kind", "reference", "yen", "fee_yen", "payout", "payout_on")
Keys = AbstractSet[tuple[str, str]]


def _instants(day: date) -> tuple[datetime, datetime]:
    return start_of_day(day), start_of_day(day + timedelta(days=1))


def _tries(day: date) -> list[tuple[str, int, str]]:
    start, end = _instants(day)
    found = Attempt.objects.filter(requested_at__gte=start, requested_at__lt=end).exclude(reference="")
    return list(found.values_list("reference", "yen", "status"))


def _ours(day: date) -> list[LedgerSide]:
    receipts = Receipt.objects.filter(paid_on=day, taken_back_on__isnull=True).exclude(method=Receipt.Method.CASH)
    facts = [LedgerSide(LineKind.CAPTURE, ref, yen) for ref, yen in receipts.values_list("reference", "yen")]
    refunds = Refund.objects.filter(decided_on=day).exclude(receipt__method=Receipt.Method.CASH)
    facts += [LedgerSide(LineKind.REFUND, number, yen) for number, yen in refunds.values_list("number", "yen")]
    known = {fact.reference for fact in facts}
    held = {Attempt.Status.CAPTURED, Attempt.Status.CHARGED_BACK}
    gone = Receipt.objects.filter(paid_on=day, taken_back_on__isnull=False)
    known |= set(gone.values_list("reference", flat=True))
    for reference, yen, status in _tries(day):
        if reference not in known:
            facts.append(LedgerSide(LineKind.CAPTURE, reference, yen, open=status not in held))
    return facts


def _theirs(settled: Keys = frozenset(), **where: object) -> list[StatementSide]:
    lines = StatementLine.objects.filter(statement__source=Statement.Source.AGENT, kind__in=AGENT_KINDS, **where)
    rows = lines.values_list(*_THEIRS)
    return [StatementSide(LineKind(kind), ref, *rest) for kind, ref, *rest in rows if (kind, ref) not in settled]


def _overpaid(day: date) -> list[Mismatch]:
    """Captured attempts whose charge another payment settled: both sides agree, and the money is owed back."""
    captured = {ref: yen for ref, yen, status in _tries(day) if status == Attempt.Status.CAPTURED}
    settled = set(Receipt.objects.filter(paid_on=day).values_list("reference", flat=True))
    rest = sorted(captured.keys() - settled)
    settled = set(Receipt.objects.filter(reference__in=rest).values_list("reference", flat=True))
    return [
        Mismatch(Discrepancy.DUPLICATE, reference, captured[reference], captured[reference], LineKind.CAPTURE)
        for reference in rest
        if reference not in settled
    ]


def _cash(day: date) -> matching.MatchResult:
    paid = Receipt.objects.filter(booked_on=day, method=Receipt.Method.CASH).aggregate(total=Sum("yen"))["total"] or 0
    back = Refund.objects.filter(decided_on=day, receipt__method=Receipt.Method.CASH)
    given = back.aggregate(total=Sum("yen"))["total"] or 0
    counted = StatementLine.objects.filter(statement__source=Statement.Source.TILL, day=day, kind=LineKind.CASH)
    return matching.match_cash(paid - given, counted.values_list("reference", "yen"))


def _bank(day: date, settled: Keys = frozenset()) -> list[BankLine]:
    lines = StatementLine.objects.filter(statement__source=Statement.Source.BANK, day=day).values_list("payout", "yen")
    return [BankLine(payout, yen) for payout, yen in lines if (LineKind.PAYOUT, payout) not in settled]


def arrived_yen(day: date) -> open_items.ArrivedYen:
    """Return the yen of a day's statement lines by (kind, reference); of a payout by its number."""
    total: open_items.ArrivedYen = Counter()
    for line in _theirs(day=day):
        total[line.kind, line.reference] += line.yen
    for entry in _bank(day):
        total[LineKind.PAYOUT, entry.payout] += entry.yen
    return total


@transaction.atomic
def reconcile(day: date, *, by: Actor) -> DayClose:
    """Match all ledger and statement lines of a day, and replace its unexplained findings (突合).

    Lines that settle an open item of an earlier day are no finding of this day. A closed day is returned unchanged.
    """
    start = {"opened_at": timezone.now(), "opened_by": user_of(by)}
    sheet, _ = DayClose.objects.select_for_update().get_or_create(day=day, defaults=start)
    if sheet.is_closed:
        return sheet
    slip_settlement.settle_slips(day, _theirs(day=day))
    settled = open_items.settle_from_statements(day, arrived_yen(day))
    outcomes = [
        matching.match(_ours(day), _theirs(settled, day=day)),
        matching.match_payouts(matching.expected_payouts(_theirs(payout_on=day)), _bank(day, settled)),
        _cash(day),
    ]
    found = [one for outcome in outcomes for one in outcome.mismatches] + _overpaid(day)
    Finding.objects.filter(day_close=sheet, explained_at__isnull=True).delete()
    rows = (
        Finding(day_close=sheet, difference=one.difference.value, reference=one.reference, line=one.line,
                our_yen=one.our_yen, their_yen=one.their_yen)
        for one in found
    )  # fmt: skip
    Finding.objects.bulk_create(rows, ignore_conflicts=True, batch_size=500)
    sheet.matched = sum(outcome.matched for outcome in outcomes) + len(settled)
    sheet.save(update_fields=["matched"])
    return sheet


@transaction.atomic
def sign(sheet: DayClose, *, by: Actor) -> None:
    """Book the payouts that arrived, then sign and lock the day (確認). Raises NotYet."""
    if sheet.prepared_at and not sheet.is_closed:
        _book_payouts(sheet.day)
    sheet.sign(by=by)


def _book_payouts(day: date) -> None:
    """Book the yen that the bank received against the yen that the agent announced; the rest stays disputed."""
    expected, came = _theirs(payout_on=day), Counter[str]()
    for line in _bank(day):
        came[line.payout] += line.yen
    later = Finding.objects.filter(item__settled_on=day, item__waits_for=LineKind.PAYOUT)
    for payout in later.values_list("reference", flat=True):
        came.pop(payout, None)
    fees: Counter[str] = Counter()
    for told in expected:
        fees[told.payout] += told.fee_yen
    for payout, net in matching.expected_payouts(expected).items():
        lines = [
            (ledger_accounts.BANK, came[payout]),
            (ledger_accounts.FEES, fees[payout]),
            (ledger_accounts.DISPUTED, net - came[payout]),
        ]
        Journal.post(Journal.Kind.PAYOUT, payout, [*lines, (ledger_accounts.AGENT, -(net + fees[payout]))], day=day)
    _note_arrival(day, [payout for payout, yen in came.items() if yen])


def _note_arrival(day: date, payouts: list[str]) -> None:
    """Write the date of arrival on the receipts of these payouts."""
    lines = StatementLine.objects.filter(payout__in=payouts, payout_on=day, kind=LineKind.CAPTURE)
    there = Receipt.objects.filter(reference__in=lines.values("reference"), arrived_on__isnull=True)
    there.update(arrived_on=day)


def revenue_names(day: date) -> dict[str, str]:
    """Return what was charged under each revenue code 歳入科目 on a business day, in the words of the charges."""
    found: dict[str, list[str]] = {}
    rows = (
        ChargeLine.objects.filter(charge__receipt__booked_on=day).order_by("label").values_list("revenue_code", "label")
    )
    for code, label in rows.distinct():
        found.setdefault(code, []).append(label)
    return {code: "、".join(labels) for code, labels in found.items()}


def revenue_of(day: date) -> dict[str, int]:
    """Return the yen booked on a business day by revenue code 歳入科目, less refunds and reversed receipts."""
    paid = ChargeLine.objects.filter(charge__receipt__booked_on=day).values_list("revenue_code")
    total: dict[str, int] = dict(paid.annotate(total=Sum("yen")).order_by("revenue_code"))
    kinds = [Journal.Kind.REFUNDED, Journal.Kind.TAKEN_BACK]
    back = LedgerLine.objects.filter(journal__day=day, journal__kind__in=kinds)
    for account, yen in back.filter(account__startswith=ledger_accounts.REVENUE + ":").values_list("account", "yen"):
        code = account.removeprefix(ledger_accounts.REVENUE + ":")
        total[code] = total.get(code, 0) - yen
    return total
