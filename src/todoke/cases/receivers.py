"""Receivers of signals from approvals, payments, records and notices: they change the cases concerned."""

from typing import Any

from django.dispatch import receiver

from todoke.accounts.actors import Actor, System
from todoke.approvals import signals as approvals
from todoke.approvals.models import Proposal, Step
from todoke.audit.log import subject_of
from todoke.cases import signals
from todoke.cases.decisions import apply_approval, return_to_review
from todoke.cases.mail.applicant_notices import notify_applicant
from todoke.cases.mail.approval_notices import notify_deciders, notify_drafter
from todoke.cases.mail.mail_holds import hold_mail
from todoke.cases.mail.office_news import announce_payment_problem
from todoke.cases.models import Case
from todoke.cases.models.status import CLOSED, Status
from todoke.cases.reconfirmations import link_answer
from todoke.cases.records.record_disposal import MATTER, erase_case, erase_decision, settle_disposal
from todoke.cases.records.record_entry import file_case, file_decision
from todoke.notices import signals as notices
from todoke.notices.models import Delivery
from todoke.payments import signals as payments
from todoke.payments.models import Charge, Overpayment
from todoke.records import signals as records
from todoke.records.models import RecordFile
from todoke.runtime.links import absolute


def _settle_disposal_list(proposal: Proposal, outcome: str, by: Actor) -> None:
    settle_disposal(proposal, approved=outcome == Proposal.Status.APPROVED, by=by)


def _apply_to_case(proposal: Proposal, outcome: str, by: Actor) -> None:
    if outcome == Proposal.Status.APPROVED:
        apply_approval(proposal, by=by)
    elif outcome == Proposal.Status.REJECTED:
        return_to_review(proposal, reason="", by=by)


def _notify_drafter(proposal: Proposal, outcome: str, by: Actor) -> None:
    if by != proposal.drafter:
        notify_drafter(proposal, outcome)


def _file_other_decisions(proposal: Proposal, outcome: str, by: Actor) -> None:
    if proposal.kind != MATTER and not proposal.decision_drafts.exists():
        file_decision(proposal, by=System())


AFTER_SETTLEMENT = (_settle_disposal_list, _apply_to_case, _notify_drafter, _file_other_decisions)


@receiver(approvals.settled)
def on_settled(sender: object, *, proposal: Proposal, outcome: str, by: Actor, **kwargs: Any) -> None:
    """Run ``AFTER_SETTLEMENT`` in its order: disposal list, case, notice to the drafter, record of other decisions."""
    for step in AFTER_SETTLEMENT:
        step(proposal, outcome, by)


@receiver(approvals.returned_to_drafter)
def on_returned_to_drafter(
    sender: object, *, proposal: Proposal, outcome: str, reason: str, by: Actor, **kwargs: Any
) -> None:
    return_to_review(proposal, reason=reason, by=by)
    if by != proposal.drafter:
        notify_drafter(proposal, outcome)


@receiver(approvals.steps_opened)
def on_steps_opened(sender: object, *, proposal: Proposal, steps: list[Step], **kwargs: Any) -> None:
    notify_deciders(proposal, steps)


@receiver(payments.settled)
def on_paid(sender: object, *, charge: Charge, **kwargs: Any) -> None:
    for case in Case.objects.filter(charge=charge):
        case.log_event("手数料の納付", by=System())
        link = absolute("portal:payment", charge.token)
        notify_applicant(
            case, "fee-paid", by=System(), fee=f"{charge.yen:,}円", receipt=charge.receipt.number, page=link
        )


@receiver(payments.receipt_reversed)
def on_receipt_reversed(sender: object, *, charge: Charge, again: Charge, **kwargs: Any) -> None:
    for case in Case.objects.filter(charge=charge):
        Case.objects.filter(pk=case.pk).update(charge=again)
        case.log_event("手数料の収納取消", by=System())
        announce_payment_problem(case, subject_of(again))
        link = absolute("portal:payment", again.token)
        notify_applicant(case, "fee-unpaid-again", by=System(), fee=f"{again.yen:,}円", page=link)


@receiver(payments.overpaid)
def on_overpaid(sender: object, *, charge: Charge, overpayment: Overpayment, **kwargs: Any) -> bool:
    """Tell the applicant that the money is given back; returns whether there was an address."""
    told = False
    for case in Case.objects.filter(charge=charge):
        announce_payment_problem(case, subject_of(overpayment))
        case.log_event("二重の納付", by=System(), reason=f"重なった{overpayment.yen:,}円の還付を準備しています")
        link = absolute("portal:payment", charge.token)
        facts = {"fee": f"{overpayment.yen:,}円", "refund": overpayment.number, "page": link}
        notify_applicant(case, "fee-overpaid", by=System(), **facts)
        told = told or bool(case.applicant_email)
    return told


@receiver(payments.exempted)
def on_exempted(
    sender: object, *, charge: Charge, again: Charge, reason: str, evidence: str, by: Actor, **kwargs: Any
) -> None:
    for case in Case.objects.filter(charge=charge):
        Case.objects.filter(pk=case.pk).update(charge=again)
        words = f"{reason}(確かめた書類: {evidence})。手数料 {charge.yen:,}円 → {again.yen:,}円"
        case.log_event("減免", by=by, reason=words)


@receiver(signals.accepted)
def on_accepted(sender: object, *, case: Case, **kwargs: Any) -> None:
    link_answer(case)


@receiver(signals.status_changed)
def on_closed(sender: object, *, case: Case, after: str, **kwargs: Any) -> None:
    if after in CLOSED:
        file_case(case, by=System())
    if after == Status.WITHDRAWN and case.proposal is not None:
        return_to_review(case.proposal, reason=f"いっしょに起案した{case.number}の取下げ", by=System())


@receiver(records.before_erase)
def on_erasing(sender: object, *, file: RecordFile, by: Actor, **kwargs: Any) -> None:
    erase_case(file, by=by)
    erase_decision(file, by=by)


@receiver(notices.before_send)
def on_before_send(sender: object, *, delivery: Delivery, **kwargs: Any) -> bool:
    return hold_mail(delivery)
