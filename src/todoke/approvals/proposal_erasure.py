"""Erasing 消去: what people wrote in a proposal goes; who decided, when and in which capacity stays."""

from django.db import transaction

from todoke.accounts.actors import Actor
from todoke.approvals.models import Decision, Dossier, Procurement, Proposal
from todoke.audit.log import record
from todoke.runtime.refusals import Refused

GONE = "(廃棄済み)"


@transaction.atomic
def erase(proposal: Proposal, *, by: Actor) -> None:
    """Empty the dossiers and opinions of a settled proposal; their hashes stay as proof. Raises Refused before."""
    if proposal.settled_at is None:
        raise Refused("確定していない起案は消去できません。")
    Dossier.objects.filter(proposal=proposal).update(content={}, title=GONE)
    Decision.objects.filter(step__proposal=proposal).update(opinion="")
    Proposal.objects.filter(pk=proposal.pk).update(title=GONE, urgent_reason="", remark="")
    bought = Procurement.objects.filter(proposal=proposal)
    bought.exclude(increase_reason="").update(increase_reason=GONE)
    bought.update(title=GONE, purpose=GONE)
    record(proposal, "消去", by=by)
