"""Slip settlement 納付書の消込: agent lines under a slip's number settle its charge before matching."""

from collections.abc import Iterable
from datetime import date, datetime, time

from todoke.accounts.actors import System
from todoke.audit import log
from todoke.japanese.calendar import JAPAN
from todoke.payments import collection, ledger_accounts
from todoke.payments.matching import LineKind, StatementSide
from todoke.payments.models import Charge, Overpayment, PaymentSlip, Receipt
from todoke.payments.signals import settled

BY = System("納付書の消込")


def settle_slips(day: date, lines: Iterable[StatementSide]) -> int:
    """Record receipts for slips paid on a day (消込) where number and amount both fit; returns how many."""
    paid = {line.reference: line.yen for line in lines if line.kind is LineKind.CAPTURE and len(line.reference) == 20}
    slips = PaymentSlip.objects.filter(number__in=paid, charge__receipt__isnull=True).select_related("charge")
    _notice_overpaid(paid)
    taken = 0
    for slip in slips:
        charge = slip.charge
        if charge.status != Charge.Status.UNPAID or paid[slip.number] != charge.yen:
            continue
        at = datetime.combine(day, time(12), JAPAN)
        receipt = collection.record_receipt(
            charge, method=Receipt.Method.SLIP, reference=slip.number, paid_at=at, account=ledger_accounts.AGENT
        )
        if receipt is not None:
            log.record(charge, "収納", by=BY, before={"status": "unpaid"}, after={"status": "paid"})
            settled.send(sender=Charge, charge=receipt.charge, by=BY)
            taken += 1
    return taken


def _notice_overpaid(paid: dict[str, int]) -> None:
    """Tell of slips that were paid although their charge was settled otherwise or cancelled."""
    known = Overpayment.objects.filter(reference__in=paid).values("reference")
    slips = PaymentSlip.objects.filter(number__in=paid).exclude(number__in=known)
    for slip in slips.select_related("charge__receipt"):
        receipt = getattr(slip.charge, "receipt", None)
        if slip.charge.status != Charge.Status.UNPAID and (receipt is None or receipt.reference != slip.number):
            Overpayment.notice(slip.charge, method=Receipt.Method.SLIP, reference=slip.number, yen=paid[slip.number])
