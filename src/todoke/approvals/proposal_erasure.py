"""Proposal erasure 消去: removes the text of a settled proposal; who decided, when and in which capacity stays."""

from django.db import transaction

from todoke.accounts.actors import Actor
from todoke.approvals.models import Dossier, Procurement, Proposal, StepDecision
from todoke.audit.log import record
from todoke.runtime.refusals import Refused

ERASED_TEXT = "(廃棄済み)"


@transaction.atomic
def erase(proposal: Proposal, *, by: Actor) -> None:
    """Empty the dossiers and opinions of a settled proposal; their hashes stay. Raises Refused before it is settled."""
    if proposal.settled_at is None:
        raise Refused("確定していない起案は消去できません。")
    Dossier.objects.filter(proposal=proposal).update(content={}, title=ERASED_TEXT)
    StepDecision.objects.filter(step__proposal=proposal).update(opinion="")
    Proposal.objects.filter(pk=proposal.pk).update(title=ERASED_TEXT, urgent_reason="", remark="")
    bought = Procurement.objects.filter(proposal=proposal)
    bought.exclude(increase_reason="").update(increase_reason=ERASED_TEXT)
    bought.update(title=ERASED_TEXT, purpose=ERASED_TEXT)
    record(proposal, "消去", by=by)
