"""Closing 締め: what our books, the agents and the bank say of one day, and what is left to explain."""

from datetime import date

from django.db import transaction
from django.db.models import Sum
from django.utils import timezone

from todoke.accounts.actors import Actor, user_of
from todoke.payments import accounts, collecting, matching
from todoke.payments.matching import Bank, Difference, Found, Kind, Ours, Theirs
from todoke.payments.models import Attempt, ChargeLine, Journal, LedgerLine, Receipt, Refund
from todoke.payments.models.day_close import DayClose, Finding, Statement, StatementLine
from todoke.payments.providers.registry import provider

_AGENT_KINDS = [Kind.CAPTURE, Kind.REFUND, Kind.CHARGEBACK]
_THEIRS = ("kind", "reference", "yen", "fee_yen", "payout", "payout_on")


def _ours(day: date) -> list[Ours]:
    receipts = Receipt.objects.filter(paid_on=day).exclude(method=Receipt.Method.CASH)
    facts = [Ours(Kind.CAPTURE, ref, yen) for ref, yen in receipts.values_list("reference", "yen")]
    refunds = Refund.objects.filter(decided_on=day).exclude(receipt__method=Receipt.Method.CASH)
    facts += [Ours(Kind.REFUND, number, yen) for number, yen in refunds.values_list("number", "yen")]
    known = {fact.reference for fact in facts}
    tries = Attempt.objects.filter(requested_at__date=day).exclude(reference="")
    for reference, yen, status in tries.values_list("reference", "yen", "status"):
        if reference not in known:
            facts.append(Ours(Kind.CAPTURE, reference, yen, open=status != Attempt.Status.CAPTURED))
    return facts


def _theirs(**where: object) -> list[Theirs]:
    lines = StatementLine.objects.filter(statement__source=Statement.Source.AGENT, kind__in=_AGENT_KINDS, **where)
    return [Theirs(Kind(kind), *rest) for kind, *rest in lines.values_list(*_THEIRS)]


def _overpaid(day: date) -> list[Found]:
    """Captured tries whose charge was settled by another payment: both sides agree, and the money is owed back."""
    settled_by = Receipt.objects.values("reference")
    tries = Attempt.objects.filter(requested_at__date=day, status=Attempt.Status.CAPTURED)
    rows = tries.exclude(reference__in=settled_by).values_list("reference", "yen")
    return [Found(Difference.DUPLICATE, reference, yen, yen) for reference, yen in rows]


def _cash(day: date) -> matching.Outcome:
    paid = Receipt.objects.filter(paid_on=day, method=Receipt.Method.CASH).aggregate(total=Sum("yen"))["total"] or 0
    back = Refund.objects.filter(decided_on=day, receipt__method=Receipt.Method.CASH)
    given = back.aggregate(total=Sum("yen"))["total"] or 0
    counted = StatementLine.objects.filter(statement__source=Statement.Source.TILL, day=day, kind=Kind.CASH)
    return matching.match_cash(paid - given, counted.values_list("reference", "yen"))


def _bank(day: date) -> list[Bank]:
    lines = StatementLine.objects.filter(statement__source=Statement.Source.BANK, day=day)
    return [Bank(*row) for row in lines.values_list("payout", "yen")]


@transaction.atomic
def reconcile(day: date, *, by: Actor) -> DayClose:
    """Match everything known of a day and list the differences (突合). Explained ones stay; settled ones disappear."""
    start = {"opened_at": timezone.now(), "opened_by": user_of(by)}
    sheet, _ = DayClose.objects.select_for_update().get_or_create(day=day, defaults=start)
    if sheet.is_closed:
        return sheet
    outcomes = [
        matching.match(_ours(day), _theirs(day=day)),
        matching.match_payouts(matching.expected_payouts(_theirs(payout_on=day)), _bank(day)),
        _cash(day),
    ]
    found = [one for outcome in outcomes for one in outcome.found] + _overpaid(day)
    Finding.objects.filter(day_close=sheet, explained_at__isnull=True).delete()
    Finding.objects.bulk_create(
        (
            Finding(
                day_close=sheet,
                difference=one.difference.value,
                reference=one.reference,
                our_yen=one.our_yen,
                their_yen=one.their_yen,
            )
            for one in found
        ),
        ignore_conflicts=True,
        batch_size=500,
    )
    sheet.matched = sum(outcome.matched for outcome in outcomes)
    sheet.save(update_fields=["matched"])
    return sheet


def acknowledge(finding: Finding, *, by: Actor) -> str:
    """Ask the provider again for a payment we were never told of, and take it in. Returns in words what came of it."""
    attempt = Attempt.objects.get(reference=finding.reference)
    notification = provider(attempt.provider).look_up(attempt.key)
    if notification is None:
        return "事業者にも結果がありません。時間をおいて、もう一度照会してください。"
    outcome = collecting.receive(notification).outcome
    finding.explain(f"事業者に照会: {outcome}", by=by)
    return outcome


@transaction.atomic
def sign(sheet: DayClose, *, by: Actor) -> None:
    """Book the payouts that arrived, then sign and lock the day (確認). Raises NotYet."""
    if sheet.prepared_at and not sheet.is_closed:
        _book_payouts(sheet.day)
    sheet.sign(by=by)


def _book_payouts(day: date) -> None:
    expected = _theirs(payout_on=day)
    arrived: dict[str, int] = {}
    for line in _bank(day):
        arrived[line.payout] = arrived.get(line.payout, 0) + line.yen
    for payout, net in matching.expected_payouts(expected).items():
        fees = sum(line.fee_yen for line in expected if line.payout == payout)
        came = arrived.get(payout, 0)
        lines = [(accounts.BANK, came), (accounts.FEES, fees), (accounts.DISPUTED, net - came)]
        Journal.post(Journal.Kind.PAYOUT, payout, [*lines, (accounts.AGENT, -(net + fees))], day=day)


def revenue_of(day: date) -> dict[str, int]:
    """Return the yen received on a business day by revenue code 歳入科目, refunds taken off."""
    paid = ChargeLine.objects.filter(charge__receipt__paid_on=day).values_list("revenue_code")
    total: dict[str, int] = dict(paid.annotate(total=Sum("yen")).order_by("revenue_code"))
    back = LedgerLine.objects.filter(journal__day=day, journal__kind=Journal.Kind.REFUNDED)
    for account, yen in back.filter(account__startswith=accounts.REVENUE + ":").values_list("account", "yen"):
        code = account.removeprefix(accounts.REVENUE + ":")
        total[code] = total.get(code, 0) - yen
    return total
