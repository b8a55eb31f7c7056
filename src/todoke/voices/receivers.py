"""Receivers of signals: approved answers count; a planned meeting takes the proposals that wait for it."""

from typing import Any

from django.dispatch import receiver

from todoke.accounts.actors import Actor
from todoke.approvals import signals as approvals
from todoke.approvals.models import Proposal
from todoke.meetings.models import Meeting
from todoke.meetings.signals import planned
from todoke.voices.consultation_result import settle_answers
from todoke.voices.models.proposal_review import carry_over


@receiver(approvals.settled)
def on_settled(sender: object, *, proposal: Proposal, outcome: str, by: Actor, **kwargs: Any) -> None:
    if outcome == Proposal.Status.APPROVED:
        settle_answers(proposal, by=by)


@receiver(planned)
def on_planned(sender: object, *, meeting: Meeting, by: Actor, **kwargs: Any) -> None:
    carry_over(meeting, by=by)
