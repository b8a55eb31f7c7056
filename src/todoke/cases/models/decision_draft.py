"""Decision drafts 決定案: what a proposal asks its deciders to decide about a case."""

from django.db import models
from django.db.models import Q

from todoke.accounts.models import User
from todoke.approvals.models import Proposal
from todoke.cases.models.case import Case
from todoke.cases.models.status import Status


class DecisionDraft(models.Model):
    """決定案: the outcome, reason and effective day that one round of a proposal asks for."""

    class Outcome(models.TextChoices):
        GRANT = Status.GRANTED, "認容する"
        PARTLY = Status.PARTLY, "一部を認容する"
        REFUSE = Status.REFUSED, "却下する"

    case = models.ForeignKey(Case, models.CASCADE, related_name="decision_drafts", verbose_name="案件")
    proposal = models.ForeignKey(Proposal, models.PROTECT, related_name="decision_drafts", verbose_name="起案")
    outcome = models.CharField("決定", max_length=12, choices=Outcome.choices)
    reason = models.TextField("理由", max_length=4000, blank=True)
    takes_effect_on = models.DateField("効力の生じる日", null=True, blank=True)
    drafted_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="起案した人")
    drafted_at = models.DateTimeField("起案日時", auto_now_add=True)

    class Meta:
        verbose_name = "決定案"
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(outcome=Status.GRANTED) | ~Q(reason=""), name="cases_a_refusal_is_drafted_with_its_reason"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.case} {self.get_outcome_display()}"
