"""Held mails 留め置いた通知: mails about a protected person's case, until somebody releases or discards them."""

from typing import Any

from django.db import models, transaction
from django.db.models import Q
from django.utils import timezone

from todoke.accounts.models import User
from todoke.audit import log
from todoke.cases.models.case import Case
from todoke.cases.models.querysets import department_ids_of
from todoke.cases.models.tokens import new_token
from todoke.notices import outbox
from todoke.notices.models import Delivery
from todoke.runtime.database.unindexed import unindexed
from todoke.runtime.refusals import Conflict, Refused


class HeldMailQuerySet(models.QuerySet["HeldMail"]):
    def waiting(self) -> "HeldMailQuerySet":
        return self.filter(decided_at__isnull=True)

    def in_office_of(self, user: User) -> "HeldMailQuerySet":
        """Held mails about cases of the departments that a member of staff works in today.

        The expression lets the database begin at the few mails, not at all cases of the departments.
        """
        return self.alias(in_department=unindexed("case__department_id")).filter(
            in_department__in=department_ids_of(user)
        )


class HeldMail(models.Model):
    """留め置いた通知: one mail held by a stop flag."""

    class Outcome(models.TextChoices):
        SENT = "sent", "送った"
        DISCARDED = "discarded", "送るのをやめた"

    token = models.CharField("整理番号", max_length=32, unique=True, default=new_token)
    case = models.ForeignKey(Case, models.PROTECT, related_name="held_mails", verbose_name="案件")
    delivery = models.OneToOneField(Delivery, models.PROTECT, related_name="held_mail", verbose_name="配達")
    held_at = models.DateTimeField("留め置いた日時", auto_now_add=True)
    outcome = models.CharField("扱い", max_length=10, choices=Outcome.choices, blank=True)
    decided_at = models.DateTimeField("決めた日時", null=True)
    decided_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name="決めた人")
    reason = models.CharField("理由", max_length=500, blank=True)

    objects = HeldMailQuerySet.as_manager()

    class Meta:
        verbose_name = "留め置いた通知"
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(decided_at__isnull=True, outcome="") | (Q(decided_at__isnull=False) & ~Q(outcome="")),
                name="cases_a_decided_mail_has_an_outcome",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.case} 留め置いた通知{self.pk}"

    @transaction.atomic
    def release(self, *, reason: str, by: User) -> None:
        """Send the mail after a person has checked it (留め置きの解除)."""
        self._decide(self.Outcome.SENT, "通知の留め置きの解除", reason, by)
        outbox.send_held(self.delivery)

    @transaction.atomic
    def discard(self, *, reason: str, by: User) -> None:
        """Discard the mail; the person is told in another way (送付の取りやめ)."""
        self._decide(self.Outcome.DISCARDED, "通知の送付の取りやめ", reason, by)
        self.delivery.discard()

    def _decide(self, outcome: "HeldMail.Outcome", act: str, reason: str, by: User) -> None:
        self.case.require_department(by)
        if not reason.strip():
            raise Refused("確かめたことを、理由に書いてください。")
        facts: dict[str, Any] = {"outcome": outcome, "decided_at": timezone.now(), "reason": reason}
        if not HeldMail.objects.waiting().filter(pk=self.pk).update(decided_by=by, **facts):
            raise Conflict("この通知の扱いは、すでに決まっています。")
        self.case.log_event(act, by=by, reason=reason, audience="office")
        log.record(self, act, by=by, after={"扱い": outcome.label, "理由": reason})
