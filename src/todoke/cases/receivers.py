"""News from the engines below: settled approvals and payments move the case on."""

from typing import Any

from django.dispatch import receiver

from todoke.accounts.actors import Actor, System
from todoke.approvals import signals as approvals
from todoke.approvals.models import Proposal, Step
from todoke.cases import signals
from todoke.cases.applicant_notices import tell
from todoke.cases.approval_notices import tell_deciders, tell_drafter
from todoke.cases.decisions import carry_out, hand_back
from todoke.cases.mail_holds import keep_back
from todoke.cases.models import Case
from todoke.cases.models.status import CLOSED
from todoke.cases.reconfirmations import note_answer
from todoke.cases.record_disposal import MATTER, erase_case, erase_decision, settle_disposal
from todoke.cases.record_entry import file_case, file_decision
from todoke.notices import signals as notices
from todoke.notices.models import Delivery
from todoke.payments import signals as payments
from todoke.payments.models import Charge
from todoke.records import signals as records
from todoke.records.models import RecordFile
from todoke.runtime.links import absolute


@receiver(approvals.settled)
def on_settled(sender: object, *, proposal: Proposal, outcome: str, by: Actor, **kwargs: Any) -> None:
    settle_disposal(proposal, approved=outcome == Proposal.Status.APPROVED, by=by)
    if outcome == Proposal.Status.APPROVED:
        carry_out(proposal, by=by)
    elif outcome == Proposal.Status.REJECTED:
        hand_back(proposal, reason="", by=by)
    if by != proposal.drafter:
        tell_drafter(proposal, outcome)
    if proposal.kind != MATTER and not proposal.rulings.exists():
        file_decision(proposal, by=System())


@receiver(approvals.handed_back)
def on_handed_back(sender: object, *, proposal: Proposal, outcome: str, reason: str, by: Actor, **kwargs: Any) -> None:
    hand_back(proposal, reason=reason, by=by)
    if by != proposal.drafter:
        tell_drafter(proposal, outcome)


@receiver(approvals.arrived)
def on_arrived(sender: object, *, proposal: Proposal, steps: list[Step], **kwargs: Any) -> None:
    tell_deciders(proposal, steps)


@receiver(payments.settled)
def on_paid(sender: object, *, charge: Charge, **kwargs: Any) -> None:
    for case in Case.objects.filter(charge=charge):
        case.note_passage("手数料の納付", by=System())
        link = absolute("portal:payment", charge.token)
        tell(case, "fee-paid", by=System(), fee=f"{charge.yen:,}円", receipt=charge.receipt.number, page=link)


@receiver(payments.receipt_reversed)
def on_receipt_reversed(sender: object, *, charge: Charge, again: Charge, **kwargs: Any) -> None:
    for case in Case.objects.filter(charge=charge):
        Case.objects.filter(pk=case.pk).update(charge=again)
        case.note_passage("手数料の収納取消", by=System())
        link = absolute("portal:payment", again.token)
        tell(case, "fee-unpaid-again", by=System(), fee=f"{again.yen:,}円", page=link)


@receiver(payments.exempted)
def on_exempted(
    sender: object, *, charge: Charge, again: Charge, reason: str, evidence: str, by: Actor, **kwargs: Any
) -> None:
    for case in Case.objects.filter(charge=charge):
        Case.objects.filter(pk=case.pk).update(charge=again)
        words = f"{reason}(確かめた書類: {evidence})。手数料 {charge.yen:,}円 → {again.yen:,}円"
        case.note_passage("減免", by=by, reason=words)


@receiver(signals.accepted)
def on_accepted(sender: object, *, case: Case, **kwargs: Any) -> None:
    note_answer(case)


@receiver(signals.moved)
def on_closed(sender: object, *, case: Case, after: str, **kwargs: Any) -> None:
    if after in CLOSED:
        file_case(case, by=System())


@receiver(records.erasing)
def on_erasing(sender: object, *, file: RecordFile, by: Actor, **kwargs: Any) -> None:
    erase_case(file, by=by)
    erase_decision(file, by=by)


@receiver(notices.before_send)
def on_leaving(sender: object, *, delivery: Delivery, **kwargs: Any) -> bool:
    return keep_back(delivery)
