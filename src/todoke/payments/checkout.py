"""Checkout 支払: opening a payment with a provider, and polling for its outcome while no webhook has come."""

from collections import Counter
from datetime import datetime

import structlog
from django.db import transaction
from django.utils import timezone

from todoke.accounts.actors import Actor, System
from todoke.audit import log as chain
from todoke.audit.transitions import compare_and_set, stamp_once
from todoke.japanese.calendar import today
from todoke.payments import collection, inquiry_schedule
from todoke.payments.models import Attempt, Charge, Refund
from todoke.payments.providers.interface import Checkout, ProviderDown
from todoke.payments.providers.registry import provider
from todoke.runtime.refusals import Closed, Refused

log = structlog.get_logger()
MAX_FAILURES = 3
INQUIRY = System("支払結果の照会")


class NothingToPay(Closed):
    """The charge is paid, free or cancelled (納付の必要がない)."""


def begin(charge: Charge, *, provider_name: str, method: str, return_url: str, by: Actor) -> str:
    """Open a payment of a charge with a provider, and return the address of the provider's page.

    Whoever presses again goes on with the same attempt under the same key; another method is open only after the
    provider has closed the first. Raises NothingToPay unless the charge is unpaid, InDoubt while an earlier attempt has
    no certain outcome, and ProviderDown when the provider does not answer: the attempt is then kept and asked about.
    """
    if (earlier := charge.attempts.live().first()) is not None:
        _clear(earlier, method)
    return _open(_resumed_or_started(charge, provider_name, method, return_url, by)).url


def _clear(earlier: Attempt, method: str) -> None:
    """Ask about an earlier attempt, and close it where the payer now wants another method. Raises InDoubt."""
    try:
        ask(earlier)
        earlier.refresh_from_db()
        if earlier.is_live and not earlier.is_unsettled and earlier.method != method:
            close(earlier)
    except ProviderDown as silence:
        raise earlier.doubt() from silence


@transaction.atomic
def _resumed_or_started(charge: Charge, provider_name: str, method: str, return_url: str, by: Actor) -> Attempt:
    held = Charge.objects.select_for_update().get(pk=charge.pk)
    if held.status != Charge.Status.UNPAID:
        raise NothingToPay("この手数料は、いま納付の必要がありません。")
    live = held.attempts.live().first()
    if live is None:
        return Attempt.start(held, provider=provider_name, method=method, return_url=return_url, by=by)
    if not live.can_resume(method, timezone.now()):
        raise live.doubt()
    return live


def _open(attempt: Attempt) -> Checkout:
    """Open the payment of an attempt under its key, for the first time or again. Raises ProviderDown."""
    checkout = provider(attempt.provider).begin(
        key=attempt.key,
        yen=attempt.yen,
        title=attempt.charge.title,
        method=attempt.method,
        return_url=attempt.return_url,
    )
    compare_and_set(attempt, {"reference": ""}, reference=checkout.reference)
    return checkout


def record_mismatch(charge: Charge, claims: list[str], *, by: Actor) -> None:
    """Write an audit entry for a request that named another amount (金額の異なる申出); opens no payment."""
    chain.record(charge, "金額の異なる支払の申出", by=by, reason="、".join(claims)[:200])


def poll(attempt: Attempt) -> None:
    """Ask the provider for the outcome of an attempt, and handle the event. Raises ProviderDown."""
    notification = provider(attempt.provider).fetch_outcome(key=attempt.key, reference=attempt.reference)
    if notification is not None:
        collection.handle_event(notification)


def ask(attempt: Attempt) -> None:
    """Ask about an attempt under its own key (照会), after writing down when the next inquiry is due.

    Where the answer to opening it was lost, it is opened again under the same key first. Raises ProviderDown.
    """
    now = timezone.now()
    attempt.plan_next_inquiry(now)
    if not attempt.reference and attempt.return_url and inquiry_schedule.is_key_known(attempt.requested_at, now):
        _open(attempt)
    poll(attempt)


def close(attempt: Attempt) -> None:
    """Have the provider close an attempt so that nothing is captured any more (支払の中止). Raises ProviderDown."""
    notification = provider(attempt.provider).cancel(key=attempt.key, reference=attempt.reference)
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
    """Poll a charge's live attempt after its payer returned, and return the charge read anew."""
    newest = charge.attempts.live().first()
    if newest is not None:
        try:
            ask(newest)
        except ProviderDown:
            newest.move(Attempt.Status.PENDING)
    return Charge.objects.select_related("receipt").get(pk=charge.pk)


def ask_due(now: datetime | None = None) -> int:
    """Ask about every attempt whose inquiry is due; return how many were asked about.

    An attempt whose charge was settled otherwise, or whose time is over, is closed with the provider; what even then
    has no certain outcome is left to a person. A provider that fails three times in a row waits for the next run.
    """
    asked, failed = 0, Counter[str]()
    moment = now or timezone.now()
    for attempt in Attempt.objects.due(moment).select_related("charge__receipt"):
        if failed[attempt.provider] == MAX_FAILURES:
            continue
        try:
            _ask_or_close(attempt, moment)
        except ProviderDown:
            failed[attempt.provider] += 1
            log.warning("provider does not answer", provider=attempt.provider)
        else:
            failed[attempt.provider] = 0
            asked += 1
        if moment >= attempt.given_up_at:
            _leave_to_a_person(attempt)
    return asked


def _ask_or_close(attempt: Attempt, now: datetime) -> None:
    if attempt.charge.status == Charge.Status.UNPAID and now < attempt.given_up_at:
        ask(attempt)
        return
    attempt.plan_next_inquiry(now)
    poll(attempt)
    close(attempt)


def _leave_to_a_person(attempt: Attempt) -> None:
    """Write down that a payment has no certain outcome after its limit (人が確かめる)."""
    attempt.refresh_from_db()
    if attempt.is_live and attempt.move(Attempt.Status.UNSETTLED):
        facts = {"attempt": attempt.key, "asked": attempt.asked_times}
        chain.record(attempt.charge, "支払の結果が不明", by=INQUIRY, after=facts)


def rule_out(attempt: Attempt, *, reason: str, by: Actor) -> bool:
    """Settle an attempt that a person found not captured (不成立の確認); False when its outcome is known by now.

    Raises Refused without a reason.
    """
    if not reason.strip():
        raise Refused("確かめた相手と内容を、理由に書いてください。")
    with transaction.atomic():
        if not (attempt.is_live and attempt.move(Attempt.Status.CANCELLED)):
            return False
        chain.record(attempt.charge, "支払の不成立の確認", by=by, after={"attempt": attempt.key}, reason=reason)
    return True
