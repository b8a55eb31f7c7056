"""Judgements 区の判断: why a procedure is not online, and when that is checked again."""

from datetime import date

from django.db import models, transaction
from django.db.models import Q
from django.utils import timezone

from todoke.accounts.actors import Actor, label_of, user_of
from todoke.accounts.models import User
from todoke.audit import log
from todoke.procedures.models.code import Code
from todoke.procedures.models.procedure import Procedure
from todoke.runtime.refusals import NotAllowed, Refused


class JudgementQuerySet(models.QuerySet["Judgement"]):
    def in_force(self) -> "JudgementQuerySet":
        """Judgements without a successor."""
        return self.filter(replaced_at=None)

    def due(self, day: date) -> "JudgementQuerySet":
        """Judgements in force whose next check falls on a day or before."""
        return self.in_force().filter(next_check_on__lte=day)


class Judgement(models.Model):
    """区の判断: the concern (0–7) for which a procedure is not online, the public explanation, and the next check."""

    procedure = models.ForeignKey(Procedure, models.PROTECT, related_name="judgements", verbose_name="手続")
    concern = models.ForeignKey(Code, models.PROTECT, related_name="+", verbose_name="懸念点")
    grounds = models.TextField("判断の理由")
    explanation = models.CharField("住民への説明", max_length=300)
    next_check_on = models.DateField("次に確かめる日")
    judged_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name="判断した人")
    judged_by_label = models.CharField("判断した人の表示", max_length=100)
    judged_at = models.DateTimeField("判断日時")
    replaced_at = models.DateTimeField("置き換えた日時", null=True, blank=True)

    objects = JudgementQuerySet.as_manager()

    class Meta:
        verbose_name = "区の判断"
        ordering = ["procedure", "-judged_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["procedure"], condition=Q(replaced_at__isnull=True), name="procedures_one_judgement_in_force"
            ),
            models.CheckConstraint(
                condition=~Q(explanation="") & ~Q(grounds=""), name="procedures_judgement_is_explained"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.procedure} {self.concern}"

    @classmethod
    @transaction.atomic
    def judge(
        cls, procedure: Procedure, concern: Code, *, grounds: str, explanation: str, next_check_on: date, by: Actor
    ) -> "Judgement":
        """区の判断: create a judgement that replaces the one in force; one audit entry. Raises NotAllowed, Refused."""
        if isinstance(by, User) and not procedure.can_edit(by):
            raise NotAllowed("判断を書けるのは、所管部署と推進本部です。")
        if concern.table != "concern" or not grounds.strip() or not explanation.strip():
            raise Refused("懸念点、判断の理由、住民への説明のすべてを書いてください。")
        now = timezone.now()
        procedure.judgements.in_force().update(replaced_at=now)
        made = cls.objects.create(
            procedure=procedure, concern=concern, grounds=grounds.strip(), explanation=explanation.strip(),
            next_check_on=next_check_on, judged_at=now, judged_by=user_of(by), judged_by_label=label_of(by),
        )  # fmt: skip
        log.record(procedure, "区の判断", by=by, after={"懸念点": concern.key, "次に確かめる日": next_check_on})
        return made
