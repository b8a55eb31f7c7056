"""Receivers of signals from approvals: a decided or returned proposal moves the settlements that it is about."""

from typing import Any

from django.dispatch import receiver

from todoke.accounts.actors import Actor
from todoke.approvals import signals as approvals
from todoke.approvals.models import Proposal
from todoke.points import settlement_proposals


@receiver(approvals.settled)
def on_settled(sender: object, *, proposal: Proposal, outcome: str, by: Actor, **kwargs: Any) -> None:
    if proposal.kind == settlement_proposals.MATTER:
        settlement_proposals.apply_decision(proposal, approved=outcome == Proposal.Status.APPROVED, by=by)


@receiver(approvals.returned_to_drafter)
def on_returned(sender: object, *, proposal: Proposal, by: Actor, **kwargs: Any) -> None:
    if proposal.kind == settlement_proposals.MATTER:
        settlement_proposals.hand_back(proposal, by=by)
