"""Slips 納付書の消込: what an agent reports under a slip's number settles its charge, before the day is matched."""

from collections.abc import Iterable
from datetime import date, datetime, time

from todoke.accounts.actors import System
from todoke.audit import log
from todoke.japanese.calendar import JAPAN
from todoke.payments import collection, ledger_accounts
from todoke.payments.matching import Kind, Theirs
from todoke.payments.models import Charge, PaymentSlip, Receipt
from todoke.payments.signals import settled

BY = System("納付書の消込")


def collect(day: date, lines: Iterable[Theirs]) -> int:
    """Take in what was paid with slips on a day (消込): number and amount must both fit. Returns how many."""
    paid = {line.reference: line.yen for line in lines if line.kind is Kind.CAPTURE and len(line.reference) == 20}
    slips = PaymentSlip.objects.filter(number__in=paid, charge__receipt__isnull=True).select_related("charge")
    taken = 0
    for slip in slips:
        charge = slip.charge
        if charge.status != Charge.Status.UNPAID or paid[slip.number] != charge.yen:
            continue
        at = datetime.combine(day, time(12), JAPAN)
        receipt = collection.receive_money(
            charge, method=Receipt.Method.SLIP, reference=slip.number, paid_at=at, account=ledger_accounts.AGENT
        )
        if receipt is not None:
            log.record(charge, "収納", by=BY, before={"status": "unpaid"}, after={"status": "paid"})
            settled.send(sender=Charge, charge=receipt.charge, by=BY)
            taken += 1
    return taken
