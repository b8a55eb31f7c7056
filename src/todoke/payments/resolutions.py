"""Resolutions 対応: carry out what the class of a finding asks for, or carry its yen over as an open item."""

from dataclasses import dataclass

from django.db import transaction

from todoke.accounts.actors import Actor
from todoke.payments import collection, ledger_accounts
from todoke.payments.matching import Discrepancy, LineKind
from todoke.payments.models import Attempt, Finding, Journal, OpenItem, Overpayment, Receipt
from todoke.payments.providers.interface import EventKind, ProviderDown
from todoke.payments.providers.registry import provider
from todoke.runtime.refusals import Conflict, Refused


class AlreadyResolved(Conflict):
    """The finding was resolved by somebody else (対応済み)."""


@dataclass(frozen=True)
class CarryOver:
    """How a finding is carried over (持越し): account, yen (debit above zero), and the line that will settle it."""

    account: str
    yen: int
    against: str
    waits_for: str
    reference: str
    expected: int
    booked: bool = False


def apply(finding: Finding, *, by: Actor) -> str:
    """Resolve a finding as its class asks (対応), and return in Japanese what was done.

    Raises AlreadyResolved when somebody else was first.
    """
    with transaction.atomic():
        _hold(finding)
        done = _FIRST.get(Discrepancy(finding.difference), _nothing)(finding, by)
        words = done or carry_over(finding)
        finding.explain(words, by=by)
    return words


def _hold(finding: Finding) -> None:
    held = Finding.objects.select_for_update().get(pk=finding.pk)
    if held.explained_at or OpenItem.objects.filter(finding=held).exists():
        raise AlreadyResolved("ほかの人が先に対応を記録しています。")


def carry_over_with_note(finding: Finding, words: str, *, by: Actor) -> None:
    """Carry a finding over with the treasurer's own explanation (持越し).

    Raises Refused without an explanation, AlreadyResolved when somebody else was first.
    """
    if not words.strip():
        raise Refused("対応の内容を入力してください。")
    with transaction.atomic():
        _hold(finding)
        carry_over(finding)
        finding.explain(words, by=by)


def carry_over(finding: Finding) -> str:
    """Book the yen of a finding on a suspense account and open an item for it; returns Japanese."""
    plan, day = _plan(finding), finding.day_close.day
    if plan.against and not plan.booked:
        about = f"{finding.difference}:{finding.reference}"[:80]
        Journal.post(Journal.Kind.CORRECTION, about, [(plan.account, plan.yen), (plan.against, -plan.yen)], day=day)
    if plan.account == ledger_accounts.DIFFERENCE:
        return f"現金過不足 {-plan.yen:+,}円を記帳しました。"
    OpenItem.objects.create(
        finding=finding, account=plan.account, yen=plan.yen, against=plan.against, waits_for=plan.waits_for,
        reference=plan.reference, expected_yen=plan.expected, opened_on=day,
    )  # fmt: skip
    return f"{ledger_accounts.name(plan.account)} {abs(plan.yen):,}円として持ち越しました。"


def refund_key(finding: Finding) -> str:
    """Return the idempotency key of a finding's refund: of a duplicate that was noticed before, the prepared one."""
    if finding.difference == Discrepancy.DUPLICATE:
        prepared = Overpayment.objects.filter(reference=finding.reference).values_list("number", flat=True).first()
        if prepared is not None:
            return prepared
    return f"F{finding.pk:09}"


def _plan(finding: Finding) -> CarryOver:
    ours, theirs, ref = finding.our_yen or 0, finding.their_yen or 0, finding.reference
    more = theirs - ours
    match Discrepancy(finding.difference):
        case Discrepancy.CAPTURED_NOT_ACKNOWLEDGED:
            return CarryOver(ledger_accounts.SUSPENSE, -theirs, ledger_accounts.AGENT, "", ref, theirs)
        case Discrepancy.ACKNOWLEDGED_NOT_CAPTURED:
            return CarryOver(ledger_accounts.DISPUTED, ours, ledger_accounts.AGENT, LineKind.CAPTURE, ref, ours)
        case Discrepancy.AMOUNT_DIFFERS if more > 0:
            return CarryOver(
                ledger_accounts.OVERPAID, -more, ledger_accounts.AGENT, LineKind.REFUND, refund_key(finding), more
            )
        case Discrepancy.AMOUNT_DIFFERS:
            return CarryOver(ledger_accounts.DISPUTED, -more, ledger_accounts.AGENT, LineKind.CAPTURE, ref, -more)
        case Discrepancy.REFUND_MISSING:
            return CarryOver(ledger_accounts.UNREFUNDED, -ours, ledger_accounts.AGENT, LineKind.REFUND, ref, ours)
        case Discrepancy.PAYOUT_DATE_MISSING:
            return CarryOver(ledger_accounts.AGENT, theirs, "", LineKind.CAPTURE, ref, theirs)
        case Discrepancy.PAYOUT_DIFFERS:
            return CarryOver(
                ledger_accounts.DISPUTED, -more, ledger_accounts.BANK, LineKind.PAYOUT, ref, -more, booked=True
            )
        case Discrepancy.CASH_DIFFERS:
            return CarryOver(ledger_accounts.DIFFERENCE, -more, ledger_accounts.CASH, "", ref, 0)
        case Discrepancy.CHARGED_BACK:
            known = Journal.objects.filter(kind=Journal.Kind.CHARGEBACK, about=ref).exists()
            return CarryOver(
                ledger_accounts.DISPUTED, theirs, ledger_accounts.AGENT, LineKind.CAPTURE, ref, theirs, booked=known
            )
        case Discrepancy.DUPLICATE:
            return _twice(finding, theirs)
    return _strange(finding, theirs)


def _twice(finding: Finding, yen: int) -> CarryOver:
    """Plan for a duplicate: one of ours already booked is refunded; one reported twice is corrected by the agent."""
    if Receipt.objects.filter(reference=finding.reference).exists():
        return CarryOver(ledger_accounts.OVERPAID, -yen, ledger_accounts.AGENT, LineKind.REFUND, finding.reference, yen)
    return CarryOver(
        ledger_accounts.OVERPAID, -yen, ledger_accounts.AGENT, LineKind.REFUND, refund_key(finding), yen, booked=True
    )


def _strange(finding: Finding, yen: int) -> CarryOver:
    if finding.line == LineKind.PAYOUT:
        return CarryOver(ledger_accounts.SUSPENSE, -yen, ledger_accounts.BANK, LineKind.PAYOUT, finding.reference, -yen)
    if finding.line == LineKind.REFUND:
        return CarryOver(ledger_accounts.DISPUTED, yen, ledger_accounts.AGENT, LineKind.CAPTURE, finding.reference, yen)
    return CarryOver(ledger_accounts.SUSPENSE, -yen, ledger_accounts.AGENT, LineKind.REFUND, finding.reference, yen)


def _nothing(finding: Finding, by: Actor) -> str:
    return ""


def _acknowledge(finding: Finding, by: Actor) -> str:
    return poll_provider(finding)


def poll_provider(finding: Finding) -> str:
    """Poll the provider for a payment without a receipt, and return the outcome in Japanese; "" while unsettled."""
    attempt = Attempt.objects.get(reference=finding.reference)
    try:
        notification = provider(attempt.provider).fetch_outcome(key=attempt.key, reference=attempt.reference)
    except ProviderDown:
        return ""
    outcome = collection.handle_event(notification).outcome if notification else ""
    settled = Receipt.objects.filter(reference=finding.reference).exists()
    return f"事業者に照会: {outcome}" if settled else ""


def _recapture(finding: Finding, by: Actor) -> str:
    """Reverse the receipt when the provider did not capture the payment; returns Japanese, "" otherwise."""
    if is_captured(finding.reference) is not False:
        return ""
    receipt = Receipt.objects.get(reference=finding.reference)
    collection.reverse(receipt, reason="決済が成立していない", by=by, day=finding.day_close.day)
    return "決済がないことを確かめ、収納を取り消して、あらためて請求しました。"


def is_captured(reference: str) -> bool | None:
    """Ask the provider whether it captured a payment; None without an attempt or an answer."""
    attempt = Attempt.objects.filter(reference=reference).first()
    if attempt is None:
        return None
    try:
        told = provider(attempt.provider).fetch_outcome(key=attempt.key, reference=attempt.reference)
    except ProviderDown:
        return None
    return told is not None and told.kind in {EventKind.CAPTURED, EventKind.REFUNDED, EventKind.CHARGED_BACK}


def _refund_overpaid(finding: Finding, by: Actor) -> str:
    if request_refund(finding) and finding.difference == Discrepancy.DUPLICATE:
        for prepared in Overpayment.objects.undecided().filter(reference=finding.reference):
            prepared.decide(by=by)
    return ""


def request_refund(finding: Finding) -> bool:
    """Request the refund that a finding asks for, idempotently; False when there is none or no answer."""
    attempt, yen, key = _refundable(finding)
    if attempt is None or yen <= 0:
        return False
    try:
        provider(attempt.provider).refund(reference=attempt.reference, yen=yen, key=key)
    except ProviderDown:
        return False
    return True


def _refundable(finding: Finding) -> tuple[Attempt | None, int, str]:
    if finding.difference == Discrepancy.REFUND_MISSING:
        found = Receipt.objects.filter(refunds__number=finding.reference).first()
        reference, yen, key = found.reference if found else "", finding.our_yen or 0, finding.reference
    elif finding.difference == Discrepancy.AMOUNT_DIFFERS:
        yen = (finding.their_yen or 0) - (finding.our_yen or 0)
        reference, key = finding.reference, refund_key(finding)
    else:
        ours = Receipt.objects.filter(reference=finding.reference).exists()
        reference, yen, key = finding.reference, 0 if ours else finding.their_yen or 0, refund_key(finding)
    return Attempt.objects.filter(reference=reference).first() if reference else None, yen, key


_FIRST = {
    Discrepancy.CAPTURED_NOT_ACKNOWLEDGED: _acknowledge,
    Discrepancy.ACKNOWLEDGED_NOT_CAPTURED: _recapture,
    Discrepancy.AMOUNT_DIFFERS: _refund_overpaid,
    Discrepancy.REFUND_MISSING: _refund_overpaid,
    Discrepancy.DUPLICATE: _refund_overpaid,
}
