"""Proposal querysets 起案の絞り込み: which wait for a person, and which they may see."""

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import F, Q

from todoke.accounts.models import User
from todoke.approvals.authority import Capacity, authorities_of, steps_open_to
from todoke.approvals.models.proposal_status import ProposalStatus
from todoke.approvals.models.step import Step, StepDecision
from todoke.approvals.permissions import SEE_PROPOSALS

if TYPE_CHECKING:
    from todoke.approvals.models.proposal import Proposal  # noqa: F401 (names the type of the rows)


class ProposalQuerySet(models.QuerySet["Proposal"]):
    def waiting_for(self, user: User) -> "ProposalQuerySet":
        """Proposals with an open step that a person may decide now, urgent ones first. Never their own."""
        held = authorities_of(user)
        if not held:
            return self.none()
        open_here = Step.objects.filter(steps_open_to(held), status=Step.Status.OPEN, round=F("proposal__round"))
        return (
            self.filter(pk__in=open_here.values("proposal"))  # begins at the few open steps, not at all proposals
            .exclude(drafter=user)
            .order_by(models.Case(models.When(urgent_reason="", then=1), default=0), "opened_at", "pk")
        )

    def unread_by(self, user: User) -> "ProposalQuerySet":
        """Proposals decided in a person's absence that they have not read (後閲)."""
        own = [authority.post.pk for authority in authorities_of(user) if authority.capacity == Capacity.OWN]
        unread = StepDecision.objects.filter(capacity=Capacity.ABSENCE, post__in=own, read_after_at__isnull=True)
        found = self.filter(pk__in=unread.exclude(by=user).values("step__proposal"))
        return found.exclude(drafter=user).order_by("opened_at", "pk")

    def back_with(self, user: User) -> "ProposalQuerySet":
        """A person's own proposals that came back to them (差戻し・引戻し), to be put right or dropped."""
        return self.filter(drafter=user, status__in=[ProposalStatus.RETURNED, ProposalStatus.TAKEN_BACK])

    def visible_to(self, user: User) -> "ProposalQuerySet":
        """Proposals of a person's section and of routes through their posts today; all for the auditor.

        Who drafted or decided one and holds that post no more reads it no more (異動の後).
        """
        held = authorities_of(user)
        if any(authority.post.role in SEE_PROPOSALS.everywhere for authority in held):
            return self
        decided = Q(decision__by=user, decision__post__in=[authority.post.pk for authority in held])
        passing = Step.objects.filter(steps_open_to(held) | decided, proposal=models.OuterRef("pk"))
        mine = Q(department__in=SEE_PROPOSALS.departments_of(user))
        return self.filter(mine | models.Exists(passing))

    def takeable_by(self, user: User) -> "ProposalQuerySet":
        """Proposals of which a person may take a copy away: by the posts of today alone, not by what they did once."""
        held = authorities_of(user)
        if any(authority.post.role in SEE_PROPOSALS.everywhere for authority in held):
            return self
        passing = Step.objects.filter(steps_open_to(held), proposal=models.OuterRef("pk"))
        return self.filter(Q(department__in=SEE_PROPOSALS.departments_of(user)) | models.Exists(passing))
