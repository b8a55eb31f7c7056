"""Proposal querysets 起案の絞り込み: which wait for a person, and which they may see."""

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import F, Q

from todoke.accounts.models import User
from todoke.approvals.authority import Authority, Capacity, authorities_of, steps_open_to
from todoke.approvals.models.proposal_status import ProposalStatus
from todoke.approvals.models.step import Step, StepDecision
from todoke.approvals.permissions import SEE_PROPOSALS
from todoke.organization.models import Department

if TYPE_CHECKING:
    from todoke.approvals.models.proposal import Proposal  # noqa: F401 (names the type of the rows)

MOST_GATHERED = 150_000
"""Up to so many proposals and steps of a person are gathered and sorted, in less time than to test all proposals."""


def _sees_all(held: list[Authority]) -> bool:
    return any(authority.post.role in SEE_PROPOSALS.everywhere for authority in held)


def _decided(user: User, held: list[Authority]) -> Q:
    """Return the condition on steps that a person decided in a post of theirs today."""
    return Q(decision__by=user, decision__post__in=[authority.post.pk for authority in held])


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
        if _sees_all(held):
            return self
        return self._visible(user, held, SEE_PROPOSALS.departments_of(user))

    def _visible(self, user: User, held: list[Authority], sections: list[Department]) -> "ProposalQuerySet":
        passing = Step.objects.filter(steps_open_to(held) | _decided(user, held), proposal=models.OuterRef("pk"))
        return self.filter(Q(department__in=sections) | models.Exists(passing))

    def listed_for(self, user: User) -> "ProposalQuerySet":
        """The same for a list: up to ``MOST_GATHERED`` are gathered from indexes, whatever else there is.

        More are found by testing all proposals in the order of the list until a page is full.
        """
        held = authorities_of(user)
        if _sees_all(held):
            return self
        sections = SEE_PROPOSALS.departments_of(user)
        mine = self.model.objects.filter(department__in=sections).order_by().values_list("pk")
        steps = Step.objects.order_by().values_list("proposal")
        open_to = [
            steps.filter(place, steps_open_to([authority]))  # the place once more, so that the index of both serves
            for authority in held
            for place in (Q(department=authority.post.department_id), Q(department__isnull=True))
        ]
        found = mine.union(steps.filter(_decided(user, held)), *open_to, all=True)
        if found[: MOST_GATHERED + 1].count() > MOST_GATHERED:
            return self._visible(user, held, sections)
        return self.filter(pk__in=found)

    def takeable_by(self, user: User) -> "ProposalQuerySet":
        """Proposals of which a person may take a copy away: by the posts of today alone, not by what they did once."""
        held = authorities_of(user)
        if _sees_all(held):
            return self
        passing = Step.objects.filter(steps_open_to(held), proposal=models.OuterRef("pk"))
        return self.filter(Q(department__in=SEE_PROPOSALS.departments_of(user)) | models.Exists(passing))
