"""Approval notices 決裁の知らせ: mails to those who may decide a step, and to the drafter about the outcome."""

from collections.abc import Iterable

from todoke.accounts.actors import System
from todoke.accounts.models import User
from todoke.approvals.authority import approvers_for
from todoke.approvals.models import Proposal, Step
from todoke.audit.log import subject_of
from todoke.notices import outbox
from todoke.runtime.links import absolute


def _post(template: str, proposal: Proposal, person: User, **words: str) -> None:
    context = {
        "name": person.name,
        "title": proposal.title,
        "number": proposal.number,
        "url": absolute("office:proposal", proposal.number),
        **words,
    }
    to = outbox.Recipient.of(person)
    outbox.enqueue(template, to=to, context=context, about=subject_of(proposal), by=System())


def notify_deciders(proposal: Proposal, steps: Iterable[Step]) -> None:
    """Enqueue a notice to whoever may decide the opened steps: the present holders, else deputies (決裁のお願い)."""
    people = {
        person.pk: person
        for step in steps
        for person in approvers_for(proposal.drafter, step.role, step.department)
    }  # fmt: skip
    for person in people.values():
        _post("proposal-waiting", proposal, person)


def notify_drafter(proposal: Proposal, outcome: str) -> None:
    """Enqueue a notice about the outcome to the drafter (決裁結果のお知らせ)."""
    _post("proposal-settled", proposal, proposal.drafter, outcome=Proposal.Status(outcome).label)
