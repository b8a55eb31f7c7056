"""Alerting 決裁の知らせ: whoever may act on a proposal hears that it has come, and its drafter hears how it ended."""

from collections.abc import Iterable

from todoke.accounts.actors import System
from todoke.accounts.models import User
from todoke.approvals.authority import actors_at
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


def tell_deciders(proposal: Proposal, steps: Iterable[Step]) -> None:
    """Tell the holders of the posts whose turn it is; when they are away, the deputies who may act (決裁のお願い)."""
    people = {
        person.pk: person
        for step in steps
        for person in actors_at(proposal.drafter, step.role, step.department)
    }  # fmt: skip
    for person in people.values():
        _post("proposal-waiting", proposal, person)


def tell_drafter(proposal: Proposal, outcome: str) -> None:
    """Tell who drafted it what became of it, unless they did that themselves (決裁結果のお知らせ)."""
    _post("proposal-settled", proposal, proposal.drafter, outcome=Proposal.Status(outcome).label)
