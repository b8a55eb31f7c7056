"""Receivers of signals from approvals: approved answers count."""

from typing import Any

from django.dispatch import receiver

from todoke.accounts.actors import Actor
from todoke.approvals import signals as approvals
from todoke.approvals.models import Proposal
from todoke.voices.consultation_result import settle_answers


@receiver(approvals.settled)
def on_settled(sender: object, *, proposal: Proposal, outcome: str, by: Actor, **kwargs: Any) -> None:
    if outcome == Proposal.Status.APPROVED:
        settle_answers(proposal, by=by)
