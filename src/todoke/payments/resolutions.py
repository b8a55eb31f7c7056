"""Remedies 対応: what each class of difference asks for is done at once, or its yen is carried under a name."""

from dataclasses import dataclass

from django.db import transaction

from todoke.accounts.actors import Actor
from todoke.payments import collection, ledger_accounts
from todoke.payments.matching import Difference, Kind
from todoke.payments.models import Attempt, Finding, Journal, OpenItem, Receipt
from todoke.payments.providers.interface import Kind as Told
from todoke.payments.providers.interface import ProviderDown
from todoke.payments.providers.registry import provider


class Done(ValueError):
    """The difference was dealt with already (対応済み)."""


@dataclass(frozen=True)
class Carry:
    """How a difference is carried (持越し): the account that names its yen, debit above zero, and what settles it."""

    account: str
    yen: int
    against: str
    waits_for: str
    reference: str
    expected: int
    booked: bool = False


def apply(finding: Finding, *, by: Actor) -> str:
    """Do what the class asks for (対応), and return in words what was done. Raises Done when somebody was faster."""
    with transaction.atomic():
        _hold(finding)
        done = _FIRST.get(Difference(finding.difference), _nothing)(finding, by)
        words = done or carry(finding)
        finding.explain(words, by=by)
    return words


def _hold(finding: Finding) -> None:
    if Finding.objects.select_for_update().get(pk=finding.pk).explained_at:
        raise Done("ほかの人が先に対応を記録しています。")


def carry_with(finding: Finding, words: str, *, by: Actor) -> None:
    """Carry a difference under the treasurer's own words (持越し). Raises ValueError without words, Done."""
    if not words.strip():
        raise ValueError("対応の内容を入力してください。")
    with transaction.atomic():
        _hold(finding)
        carry(finding)
        finding.explain(words, by=by)


def carry(finding: Finding) -> str:
    """Name the yen of a difference: a journal of the day, and an open item until a later line settles it."""
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


def key_of(finding: Finding) -> str:
    """Return the number under which a refund for a difference is asked of the provider, however often."""
    return f"F{finding.pk:09}"


def _plan(finding: Finding) -> Carry:
    ours, theirs, ref = finding.our_yen or 0, finding.their_yen or 0, finding.reference
    more = theirs - ours
    match Difference(finding.difference):
        case Difference.CAPTURED_NOT_ACKNOWLEDGED:
            return Carry(ledger_accounts.SUSPENSE, -theirs, ledger_accounts.AGENT, "", ref, theirs)
        case Difference.ACKNOWLEDGED_NOT_CAPTURED:
            return Carry(ledger_accounts.DISPUTED, ours, ledger_accounts.AGENT, Kind.CAPTURE, ref, ours)
        case Difference.AMOUNT_DIFFERS if more > 0:
            return Carry(ledger_accounts.OVERPAID, -more, ledger_accounts.AGENT, Kind.REFUND, key_of(finding), more)
        case Difference.AMOUNT_DIFFERS:
            return Carry(ledger_accounts.DISPUTED, -more, ledger_accounts.AGENT, Kind.CAPTURE, ref, -more)
        case Difference.REFUND_MISSING:
            return Carry(ledger_accounts.UNREFUNDED, -ours, ledger_accounts.AGENT, Kind.REFUND, ref, ours)
        case Difference.PAYOUT_DATE_MISSING:
            return Carry(ledger_accounts.AGENT, theirs, "", Kind.CAPTURE, ref, theirs)
        case Difference.PAYOUT_DIFFERS:
            return Carry(ledger_accounts.DISPUTED, -more, ledger_accounts.BANK, Kind.PAYOUT, ref, -more, booked=True)
        case Difference.CASH_DIFFERS:
            return Carry(ledger_accounts.DIFFERENCE, -more, ledger_accounts.CASH, "", ref, 0)
        case Difference.CHARGED_BACK:
            known = Journal.objects.filter(kind=Journal.Kind.CHARGEBACK, about=ref).exists()
            return Carry(
                ledger_accounts.DISPUTED, theirs, ledger_accounts.AGENT, Kind.CAPTURE, ref, theirs, booked=known
            )
        case Difference.DUPLICATE:
            return _twice(finding, theirs)
    return _strange(finding, theirs)


def _twice(finding: Finding, yen: int) -> Carry:
    """Reported twice: the agent corrects it. Paid by two cards: booked when it came, and we ask for the refund."""
    if Receipt.objects.filter(reference=finding.reference).exists():
        return Carry(ledger_accounts.OVERPAID, -yen, ledger_accounts.AGENT, Kind.REFUND, finding.reference, yen)
    return Carry(ledger_accounts.OVERPAID, -yen, ledger_accounts.AGENT, Kind.REFUND, key_of(finding), yen, booked=True)


def _strange(finding: Finding, yen: int) -> Carry:
    if finding.line == Kind.PAYOUT:
        return Carry(ledger_accounts.SUSPENSE, -yen, ledger_accounts.BANK, Kind.PAYOUT, finding.reference, -yen)
    if finding.line == Kind.REFUND:
        return Carry(ledger_accounts.DISPUTED, yen, ledger_accounts.AGENT, Kind.CAPTURE, finding.reference, yen)
    return Carry(ledger_accounts.SUSPENSE, -yen, ledger_accounts.AGENT, Kind.REFUND, finding.reference, yen)


def _nothing(finding: Finding, by: Actor) -> str:
    return ""


def _acknowledge(finding: Finding, by: Actor) -> str:
    return acknowledge(finding)


def acknowledge(finding: Finding) -> str:
    """Ask the provider for a payment we were never told of, and take it in; "" while it is not settled."""
    attempt = Attempt.objects.get(reference=finding.reference)
    try:
        notification = provider(attempt.provider).look_up(key=attempt.key, reference=attempt.reference)
    except ProviderDown:
        return ""
    outcome = collection.receive(notification).outcome if notification else ""
    settled = Receipt.objects.filter(reference=finding.reference).exists()
    return f"事業者に照会: {outcome}" if settled else ""


def _recapture(finding: Finding, by: Actor) -> str:
    """Ask whether the money was captured at all; if not, the receipt is taken back and the fee is owed again."""
    if is_captured(finding.reference) is not False:
        return ""
    receipt = Receipt.objects.get(reference=finding.reference)
    collection.take_back(receipt, reason="決済が成立していない", by=by, day=finding.day_close.day)
    return "決済がないことを確かめ、収納を取り消して、あらためて請求しました。"


def is_captured(reference: str) -> bool | None:
    """Ask the provider whether it holds the money; None when there is nobody to ask or no answer."""
    attempt = Attempt.objects.filter(reference=reference).first()
    if attempt is None:
        return None
    try:
        told = provider(attempt.provider).look_up(key=attempt.key, reference=attempt.reference)
    except ProviderDown:
        return None
    return told is not None and told.kind in {Told.CAPTURED, Told.REFUNDED, Told.CHARGED_BACK}


def _refund_overpaid(finding: Finding, by: Actor) -> str:
    ask_refund(finding)
    return ""


def ask_refund(finding: Finding) -> bool:
    """Ask the provider to give back what a difference left too much; the same number asks once. False: no answer."""
    attempt, yen, key = _refundable(finding)
    if attempt is None or yen <= 0:
        return False
    try:
        provider(attempt.provider).refund(reference=attempt.reference, yen=yen, key=key)
    except ProviderDown:
        return False
    return True


def _refundable(finding: Finding) -> tuple[Attempt | None, int, str]:
    if finding.difference == Difference.REFUND_MISSING:
        found = Receipt.objects.filter(refunds__number=finding.reference).first()
        reference, yen, key = found.reference if found else "", finding.our_yen or 0, finding.reference
    elif finding.difference == Difference.AMOUNT_DIFFERS:
        yen = (finding.their_yen or 0) - (finding.our_yen or 0)
        reference, key = finding.reference, key_of(finding)
    else:
        ours = Receipt.objects.filter(reference=finding.reference).exists()
        reference, yen, key = finding.reference, 0 if ours else finding.their_yen or 0, key_of(finding)
    return Attempt.objects.filter(reference=reference).first() if reference else None, yen, key


_FIRST = {
    Difference.CAPTURED_NOT_ACKNOWLEDGED: _acknowledge,
    Difference.ACKNOWLEDGED_NOT_CAPTURED: _recapture,
    Difference.AMOUNT_DIFFERS: _refund_overpaid,
    Difference.REFUND_MISSING: _refund_overpaid,
    Difference.DUPLICATE: _refund_overpaid,
}
