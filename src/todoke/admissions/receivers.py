"""Receivers of signals: a settled proposal adopts its run or sends the round back; a disposed record erases a round."""

from typing import Any

from django.dispatch import receiver

from todoke.accounts.actors import Actor
from todoke.admissions.models import PlacementRun
from todoke.admissions.selection.adoption import adopt, return_to_fixed
from todoke.admissions.selection.round_disposal import erase_round
from todoke.approvals import signals as approvals
from todoke.approvals.models import Proposal
from todoke.records import signals as records
from todoke.records.models import RecordFile


def _run_of(proposal: Proposal) -> PlacementRun | None:
    rows = PlacementRun.objects.select_related("round__scheme__department", "round__rule_version", "proposal")
    return rows.filter(proposal=proposal).first()


@receiver(approvals.settled)
def on_settled(sender: object, *, proposal: Proposal, outcome: str, by: Actor, **kwargs: Any) -> None:
    run = _run_of(proposal)
    if run is None:
        return
    if outcome == Proposal.Status.APPROVED:
        adopt(run, by=by)
    else:
        return_to_fixed(run, reason=proposal.remark, by=by)


@receiver(approvals.returned_to_drafter)
def on_returned_to_drafter(
    sender: object, *, proposal: Proposal, outcome: str, reason: str, by: Actor, **kwargs: Any
) -> None:
    if run := _run_of(proposal):
        return_to_fixed(run, reason=reason, by=by)


@receiver(records.before_erase)
def on_erasing(sender: object, *, file: RecordFile, by: Actor, **kwargs: Any) -> None:
    erase_round(file, by=by)
