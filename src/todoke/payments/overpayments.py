"""Overpayments 二重の納付: found again where nobody was told, and refunded through their provider."""

from datetime import datetime, timedelta

from django.db.models import Exists, OuterRef
from django.utils import timezone

from todoke.audit.transitions import stamp_once
from todoke.payments.models import Attempt, Overpayment, Receipt
from todoke.payments.providers.registry import provider

LOOKED_BACK = timedelta(days=60)


def tell_all(now: datetime | None = None) -> int:
    """Tell of every overpayment that nobody was told of, captures without a record included; return how many."""
    since = (now or timezone.now()) - LOOKED_BACK
    same = {"charge": OuterRef("charge"), "reference": OuterRef("reference")}
    captured = Attempt.objects.filter(status=Attempt.Status.CAPTURED, told_at__gte=since).exclude(reference="")
    unnoticed = captured.exclude(Exists(Receipt.objects.filter(**same))).exclude(
        Exists(Overpayment.objects.filter(**same))
    )
    told = 0
    for attempt in unnoticed.select_related("charge"):
        found = Overpayment.notice(attempt.charge, method=attempt.method, reference=attempt.reference, yen=attempt.yen)
        told += found.told_at is not None
    return told + sum(one.tell() for one in Overpayment.objects.untold().select_related("charge"))


def send_refund(number: str) -> bool:
    """Ask the provider to give an overpayment back under its number; False when no provider took it.

    Raises ProviderDown.
    """
    overpayment = Overpayment.objects.get(number=number)
    attempt = Attempt.objects.filter(charge=overpayment.charge, reference=overpayment.reference).first()
    if attempt is None:
        return False
    provider(attempt.provider).refund(reference=attempt.reference, yen=overpayment.yen, key=number)
    return stamp_once(overpayment, "asked_at")
