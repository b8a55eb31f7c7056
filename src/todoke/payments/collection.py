"""Collection 収納: events of providers and counters become receipts and ledger lines, each exactly once."""

import secrets
from datetime import date, datetime

from django.db import IntegrityError, transaction
from django.utils import timezone

from todoke.accounts.actors import Actor, System
from todoke.audit import log
from todoke.audit.transitions import compare_and_set, stamp_once
from todoke.japanese.calendar import business_date
from todoke.jobs.backend import task_named
from todoke.payments import ledger_accounts
from todoke.payments.models import Attempt, Charge, Due, Journal, Overpayment, ProviderEvent, Receipt, Refund
from todoke.payments.providers.interface import EventKind, Notification
from todoke.payments.signals import exempted, receipt_reversed, refunded, settled
from todoke.runtime.refusals import Refused

AGENT = System("決済事業者")
SEND_REFUND = "todoke.payments.tasks.send_refund"


def record_receipt(charge: Charge, *, method: str, reference: str, paid_at: datetime, account: str) -> Receipt | None:
    """Write the one receipt of a charge; None when it was settled already: the yen are then booked as overpaid."""
    day = Journal.first_open(business_date(paid_at))
    held = Charge.objects.select_for_update().get(pk=charge.pk)
    if held.status != Charge.Status.UNPAID:
        Journal.post(
            Journal.Kind.OVERPAID, reference, [(account, charge.yen), (ledger_accounts.OVERPAID, -charge.yen)], day=day
        )
        return None
    held.attempts.live().update(next_ask_at=timezone.now())
    receipt = Receipt.objects.create(
        charge=held,
        number=f"R{secrets.randbelow(10**12):012}",
        method=method,
        reference=reference,
        yen=charge.yen,
        paid_on=business_date(paid_at),
        paid_at=paid_at,
        booked_on=day,
        arrived_on=business_date(paid_at) if account == ledger_accounts.CASH else None,
    )
    Journal.post(
        Journal.Kind.PAID, receipt.number, [(account, charge.yen), (ledger_accounts.RECEIVABLE, -charge.yen)], day=day
    )
    return receipt


@transaction.atomic
def pay_at_counter(
    charge: Charge,
    *,
    reference: str,
    by: Actor,
    method: str = Receipt.Method.CASH,
    paid_at: datetime | None = None,
    despite: str = "",
) -> Receipt | None:
    """Record a payment at the counter (窓口収納); None when the charge was settled meanwhile.

    ``despite`` is the reason for taking money while another payment is being asked about; without one that is refused.
    Raises InDoubt then, IntegrityError when the till has used the reference before.
    """
    held = Charge.objects.select_for_update().get(pk=charge.pk)
    if held.status != Charge.Status.UNPAID:
        return None
    if not despite.strip():
        Attempt.require_none_live(held)
    account = ledger_accounts.CASH if method == Receipt.Method.CASH else ledger_accounts.AGENT
    receipt = record_receipt(
        charge, method=method, reference=reference, paid_at=paid_at or timezone.now(), account=account
    )
    if receipt:
        if despite.strip():
            log.record(charge, "確認中の支払がある中での収納", by=by, reason=despite.strip())
        log.record(charge, "収納", by=by, before={"status": "unpaid"}, after={"status": "paid", "yen": receipt.yen})
        settled.send(sender=Charge, charge=receipt.charge, by=by)
    return receipt


def handle_event(notification: Notification) -> ProviderEvent:
    """Handle one verified webhook event, idempotently: the same event again returns its first outcome."""
    known = ProviderEvent.objects.filter(provider=notification.provider, event=notification.event).first()
    if known:
        return known
    try:
        with transaction.atomic():
            event = _keep(notification)
            event.outcome = _apply(notification)
            event.save(update_fields=["outcome"])
            return event
    except IntegrityError:
        return ProviderEvent.objects.get(provider=notification.provider, event=notification.event)


def _keep(notification: Notification) -> ProviderEvent:
    return ProviderEvent.objects.create(
        provider=notification.provider,
        event=notification.event,
        kind=notification.kind,
        reference=notification.reference,
        yen=notification.yen,
        body_hash=notification.body_hash,
        happened_at=notification.happened_at,
        outcome="",
    )


def _apply(notification: Notification) -> str:
    """Apply an event to its attempt, and return the outcome in Japanese."""
    attempts = Attempt.objects.select_for_update(of=("self",)).select_related("charge")
    attempt = attempts.filter(provider=notification.provider, key=notification.key).first()
    if attempt is None:
        return "該当する支払がありません"
    if notification.kind == EventKind.CAPTURED:
        return _capture(attempt, notification)
    if notification.kind == EventKind.CHARGED_BACK:
        return _charge_back(attempt, notification)
    if notification.kind == EventKind.REFUNDED:
        return "還付の確認"
    return "不成立を記録" if attempt.move(notification.kind.value) else "すでに結果が決まっています"


def _capture(attempt: Attempt, notification: Notification) -> str:
    if notification.yen != attempt.yen:
        log.record(attempt.charge, "金額の異なる決済通知", by=AGENT, after={"yen": notification.yen})
        return f"金額が違います(請求 {attempt.yen:,}円、通知 {notification.yen:,}円)"
    if not attempt.move(Attempt.Status.CAPTURED):
        return "すでに決済済みです"
    if not attempt.reference:
        Attempt.objects.filter(pk=attempt.pk).update(reference=notification.reference)
    receipt = record_receipt(
        attempt.charge,
        method=attempt.method,
        reference=notification.reference,
        paid_at=attempt.requested_at,
        account=ledger_accounts.AGENT,
    )
    if receipt is None:
        prepared = Overpayment.notice(
            attempt.charge, method=attempt.method, reference=notification.reference, yen=attempt.yen
        )
        return f"二重の納付です。還付 {prepared.number} を起案しました"
    log.record(attempt.charge, "収納", by=AGENT, before={"status": "unpaid"}, after={"status": "paid"})
    settled.send(sender=Charge, charge=receipt.charge, by=AGENT)
    return "収納しました"


def _charge_back(attempt: Attempt, notification: Notification) -> str:
    if not attempt.move(Attempt.Status.CHARGED_BACK):
        return "取消請求の対象になる決済がありません"
    lines = [(ledger_accounts.DISPUTED, notification.yen), (ledger_accounts.AGENT, -notification.yen)]
    day = Journal.first_open(business_date(notification.happened_at))
    Journal.post(Journal.Kind.CHARGEBACK, notification.reference, lines, day=day)
    log.record(attempt.charge, "取消請求", by=AGENT, after={"yen": notification.yen})
    return "取消請求を記録しました。確認してください"


@transaction.atomic
def refund(
    receipt: Receipt, *, yen: int, seen_refunded_yen: int, reason: str, by: Actor, on: date | None = None
) -> Refund | None:
    """Refund part or all of a receipt (還付); None when somebody refunded since ``seen_refunded_yen`` was read.

    Raises Refused when the amount is not above zero or more than what is left.
    """
    if yen <= 0 or seen_refunded_yen + yen > receipt.yen:
        raise Refused("還付の額は、1円以上、納付された額の残り以下にしてください。")
    if not compare_and_set(receipt, {"refunded_yen": seen_refunded_yen}, refunded_yen=seen_refunded_yen + yen):
        return None
    receipt.refresh_from_db()
    number, day = f"K{secrets.randbelow(10**12):012}", on or business_date(timezone.now())
    refund = Refund.objects.create(receipt=receipt, number=number, yen=yen, reason=reason, decided_on=day)
    account = ledger_accounts.CASH if receipt.method == Receipt.Method.CASH else ledger_accounts.AGENT
    Journal.post(
        Journal.Kind.REFUNDED,
        number,
        [*_reverse_revenue(receipt.charge, seen_refunded_yen, yen), (account, -yen)],
        day=Journal.first_open(day),
    )
    log.record(receipt.charge, "還付", by=by, after={"yen": yen, "number": number}, reason=reason)
    if account == ledger_accounts.AGENT:
        task_named(SEND_REFUND).enqueue(number)
    refunded.send(sender=Charge, charge=receipt.charge, by=by)
    return refund


@transaction.atomic
def reverse(
    receipt: Receipt, *, reason: str, by: Actor, day: date, account: str = ledger_accounts.AGENT
) -> Charge | None:
    """Reverse a receipt whose money never came (収納取消), and return the new charge; None when reversed before."""
    if not stamp_once(receipt, "taken_back_on", day):
        return None
    charge, kept = receipt.charge, receipt.yen - receipt.refunded_yen
    lines = [*_reverse_revenue(charge, receipt.refunded_yen, kept), (account, -receipt.yen)]
    if receipt.refunded_yen:
        lines.append((ledger_accounts.DISPUTED, receipt.refunded_yen))
    Journal.post(Journal.Kind.TAKEN_BACK, receipt.number, lines, day=day)
    again = Charge.assess(
        charge.title,
        [Due(one.label, one.revenue_code, one.unit_yen, one.quantity, one.reduced_yen) for one in charge.lines.all()],
        applied_on=charge.applied_on,
        due_on=charge.due_on,
        by=by,
    )
    log.record(charge, "収納取消", by=by, after={"receipt": receipt.number, "again": again.number}, reason=reason)
    receipt_reversed.send(sender=Charge, charge=charge, again=again, by=by)
    return again


@transaction.atomic
def exempt(charge: Charge, *, percent: int, reason: str, evidence: str, by: Actor) -> Charge | None:
    """Reduce an unpaid fee after review (減免): cancel the charge and return a new one; None unless it was unpaid.

    Raises Refused without a reason and the evidence that was seen, or for a share outside 1 to 100 per cent, and
    InDoubt while a payment of the fee is being asked about: the new charge could be paid beside it.
    """
    if not 1 <= percent <= 100 or not reason.strip() or not evidence.strip():
        raise Refused("減額の割合(1〜100%)、事由、確かめた書類を入力してください。")
    Attempt.require_none_live(Charge.objects.select_for_update().get(pk=charge.pk))
    if not charge.cancel(by=by, reason=f"減免: {reason}"):
        return None
    dues = []
    for line in charge.lines.all():
        gross = line.unit_yen * line.quantity
        reduced = max(line.reduced_yen, gross - gross * (100 - percent) // 100)
        dues.append(Due(line.label, line.revenue_code, line.unit_yen, line.quantity, reduced))
    again = Charge.assess(charge.title, dues, applied_on=charge.applied_on, due_on=charge.due_on, by=by)
    facts = {"percent": percent, "yen": again.yen, "again": again.number, "evidence": evidence}
    log.record(charge, "減免", by=by, before={"yen": charge.yen}, after=facts, reason=reason)
    exempted.send(sender=Charge, charge=charge, again=again, reason=reason, evidence=evidence, by=by)
    return again


def _reverse_revenue(charge: Charge, before: int, yen: int) -> list[tuple[str, int]]:
    """Return debit lines of a refund by revenue code, in the order of assessment, after the yen refunded before."""
    lines, start = [], 0
    for code, assessed in charge.yen_by_revenue().items():
        part = min(start + assessed, before + yen) - max(start, before)
        if part > 0:
            lines.append((ledger_accounts.revenue(code), part))
        start += assessed
    return lines
