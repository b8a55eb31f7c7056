"""Duplicate candidates 重複の候補: pairs of procedures that may be one; people decide."""

from django.db import models
from django.db.models import F, Q

from todoke.accounts.models import User
from todoke.procedures.models.procedure import Procedure


class DuplicateCandidateQuerySet(models.QuerySet["DuplicateCandidate"]):
    def waiting(self) -> "DuplicateCandidateQuerySet":
        """判定待ち: pairs without a verdict, of procedures that are both current."""
        return self.filter(verdict="", first__abolished_on=None, second__abolished_on=None)

    def judged(self) -> "DuplicateCandidateQuerySet":
        """判定済み: pairs with a verdict."""
        return self.exclude(verdict="")


class DuplicateCandidate(models.Model):
    """重複の候補: two procedures with similar names, their similarity in per cent, and the verdict."""

    class Verdict(models.TextChoices):
        DIFFERENT = "different", "別の手続"
        SAME = "same", "同じ手続"

    first = models.ForeignKey(Procedure, models.PROTECT, related_name="+", verbose_name="手続")
    second = models.ForeignKey(Procedure, models.PROTECT, related_name="+", verbose_name="似た手続")
    likeness = models.PositiveSmallIntegerField("似ている度合い(%)")
    verdict = models.CharField("判定", max_length=10, choices=Verdict, blank=True)
    judged_at = models.DateTimeField("判定日時", null=True, blank=True)
    judged_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name="判定した人")

    objects = DuplicateCandidateQuerySet.as_manager()

    class Meta:
        verbose_name = "重複の候補"
        ordering = ["-likeness", "first", "second"]
        constraints = [
            models.UniqueConstraint(fields=["first", "second"], name="procedures_one_resemblance_per_pair"),
            models.CheckConstraint(condition=Q(first__lt=F("second")), name="procedures_resemblance_in_order"),
            models.CheckConstraint(
                condition=Q(verdict="") | Q(judged_at__isnull=False), name="procedures_verdict_has_its_time"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.first} ≒ {self.second}"

    def can_judge(self, user: User) -> bool:
        """Whoever may edit both procedures."""
        return self.first.can_edit(user) and self.second.can_edit(user)
