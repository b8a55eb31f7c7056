"""Paying 支払: the payer's side of a charge: begin, come back, and be asked after when no notice came."""

from collections import Counter
from datetime import timedelta

import structlog
from django.utils import timezone

from todoke.accounts.actors import Actor
from todoke.audit import log as chain
from todoke.japanese.calendar import today
from todoke.payments import collection
from todoke.payments.models import Attempt, Charge, Refund
from todoke.payments.providers.interface import ProviderDown
from todoke.payments.providers.registry import provider

log = structlog.get_logger()
PATIENCE, WORTH_ASKING = timedelta(minutes=15), timedelta(days=60)
ENOUGH = 3


class NothingToPay(ValueError):
    """The charge is paid, free or cancelled (納付の必要がない)."""


def begin(charge: Charge, *, provider_name: str, method: str, return_url: str, by: Actor) -> str:
    """Open a payment for what the charge says, and return where the payer goes.

    Raises NothingToPay, and ProviderDown: the try is kept, so that a payment that did happen is found again.
    """
    if charge.status != Charge.Status.UNPAID:
        raise NothingToPay("この手数料は、いま納付の必要がありません。")
    attempt = Attempt.start(charge, provider=provider_name, method=method, by=by)
    checkout = provider(provider_name).begin(
        key=attempt.key, yen=attempt.yen, title=charge.title, method=method, return_url=return_url
    )
    Attempt.objects.filter(pk=attempt.pk).update(reference=checkout.reference)
    return checkout.url


def refuse(charge: Charge, claims: list[str], *, by: Actor) -> None:
    """Leave a trace of a request that spoke of another amount (金額の異なる申出); names only, and nothing begins."""
    chain.record(charge, "金額の異なる支払の申出", by=by, reason="、".join(claims)[:200])


def ask(attempt: Attempt) -> None:
    """Ask the provider for the outcome of one try, and take it in. Raises ProviderDown."""
    notification = provider(attempt.provider).look_up(key=attempt.key, reference=attempt.reference)
    if notification is not None:
        collection.receive(notification)


def send_refund(number: str) -> bool:
    """Ask the provider to give a refund back (還付の依頼); False: no provider holds it. Raises ProviderDown."""
    refund = Refund.objects.select_related("receipt").get(number=number)
    attempt = Attempt.objects.filter(reference=refund.receipt.reference).first()
    if attempt is None:
        return False
    provider(attempt.provider).refund(reference=attempt.reference, yen=refund.yen, key=number)
    Refund.objects.filter(pk=refund.pk, paid_on__isnull=True).update(paid_on=today())
    return True


def come_back(charge: Charge) -> Charge:
    """Look at a charge after its payer returned: ask after the newest try when no notice has come yet."""
    newest = charge.attempts.waiting().first()
    if newest is not None:
        try:
            ask(newest)
        except ProviderDown:
            newest.move(Attempt.Status.PENDING)
    return Charge.objects.select_related("receipt").get(pk=charge.pk)


def ask_pending() -> int:
    """Ask after every try that has been without an outcome for fifteen minutes; return how many were asked.

    A provider that fails three times running is left alone until the next round; one bad try holds up no other.
    """
    asked, failed = 0, Counter[str]()
    now = timezone.now()
    for attempt in Attempt.objects.waiting().filter(requested_at__range=(now - WORTH_ASKING, now - PATIENCE)):
        if failed[attempt.provider] == ENOUGH:
            continue
        try:
            ask(attempt)
        except ProviderDown:
            failed[attempt.provider] += 1
            log.warning("provider does not answer", provider=attempt.provider)
            continue
        failed[attempt.provider] = 0
        asked += 1
    return asked
