"""Checkout 支払: opening a payment with a provider, and polling for its outcome while no webhook has come."""

from collections import Counter
from datetime import timedelta

import structlog
from django.utils import timezone

from todoke.accounts.actors import Actor
from todoke.audit import log as chain
from todoke.audit.transitions import stamp_once
from todoke.japanese.calendar import today
from todoke.payments import collection
from todoke.payments.models import Attempt, Charge, Refund
from todoke.payments.providers.interface import ProviderDown
from todoke.payments.providers.registry import provider
from todoke.runtime.refusals import Closed

log = structlog.get_logger()
POLL_AFTER, POLL_UNTIL = timedelta(minutes=15), timedelta(days=60)
MAX_FAILURES = 3


class NothingToPay(Closed):
    """The charge is paid, free or cancelled (納付の必要がない)."""


def begin(charge: Charge, *, provider_name: str, method: str, return_url: str, by: Actor) -> str:
    """Open a payment of a charge with a provider, and return the address of the provider's page.

    Raises NothingToPay unless the charge is unpaid, and ProviderDown when the provider does not answer: the attempt is
    then kept, so that polling finds a payment that did happen.
    """
    if charge.status != Charge.Status.UNPAID:
        raise NothingToPay("この手数料は、いま納付の必要がありません。")
    attempt = Attempt.start(charge, provider=provider_name, method=method, by=by)
    checkout = provider(provider_name).begin(
        key=attempt.key, yen=attempt.yen, title=charge.title, method=method, return_url=return_url
    )
    Attempt.objects.filter(pk=attempt.pk).update(reference=checkout.reference)
    return checkout.url


def record_mismatch(charge: Charge, claims: list[str], *, by: Actor) -> None:
    """Write an audit entry for a request that named another amount (金額の異なる申出); opens no payment."""
    chain.record(charge, "金額の異なる支払の申出", by=by, reason="、".join(claims)[:200])


def poll(attempt: Attempt) -> None:
    """Ask the provider for the outcome of an attempt, and handle the event. Raises ProviderDown."""
    notification = provider(attempt.provider).fetch_outcome(key=attempt.key, reference=attempt.reference)
    if notification is not None:
        collection.handle_event(notification)


def send_refund(number: str) -> bool:
    """Ask the provider to execute a refund (還付の依頼); False when no provider took the money. Raises ProviderDown."""
    refund = Refund.objects.select_related("receipt").get(number=number)
    attempt = Attempt.objects.filter(reference=refund.receipt.reference).first()
    if attempt is None:
        return False
    provider(attempt.provider).refund(reference=attempt.reference, yen=refund.yen, key=number)
    stamp_once(refund, "paid_on", today())
    return True


def poll_newest(charge: Charge) -> Charge:
    """Poll a charge's newest waiting attempt after its payer returned, and return the charge read anew."""
    newest = charge.attempts.waiting().first()
    if newest is not None:
        try:
            poll(newest)
        except ProviderDown:
            newest.move(Attempt.Status.PENDING)
    return Charge.objects.select_related("receipt").get(pk=charge.pk)


def poll_pending() -> int:
    """Poll every attempt without an outcome for 15 minutes (up to 60 days); return how many were polled.

    A provider that fails three times in a row is left out until the next run.
    """
    asked, failed = 0, Counter[str]()
    now = timezone.now()
    for attempt in Attempt.objects.waiting().filter(requested_at__range=(now - POLL_UNTIL, now - POLL_AFTER)):
        if failed[attempt.provider] == MAX_FAILURES:
            continue
        try:
            poll(attempt)
        except ProviderDown:
            failed[attempt.provider] += 1
            log.warning("provider does not answer", provider=attempt.provider)
            continue
        failed[attempt.provider] = 0
        asked += 1
    return asked
