"""The record of each replayed offline submission."""

import json
from typing import Any

from django.db import models
from django.utils import timezone

from todoke.cases.models import Case
from todoke.formbuilder.answers import encryption
from todoke.formbuilder.models import Submission


class Deposit(models.Model):
    """預り: one deposit from an outage, taken in once; the row is written in the transaction of its effect."""

    class Outcome(models.TextChoices):
        SAVED = "saved", "下書きに保存"
        RECEIVED = "received", "申請を受付"
        TO_LOOK_AT = "to_look_at", "職員の確認が必要"

    number = models.CharField("預り番号", max_length=30, unique=True)
    deposited_at = models.DateTimeField("預かった日時")
    taken_in_at = models.DateTimeField("取り込んだ日時", default=timezone.now)
    outcome = models.CharField("結果", max_length=12, choices=Outcome)
    reason = models.CharField("確認が必要な理由", max_length=200, blank=True)
    content = models.JSONField("確認を待つ内容", null=True)
    submission = models.ForeignKey(Submission, models.SET_NULL, null=True, related_name="+", verbose_name="申請内容")
    case = models.ForeignKey(Case, models.SET_NULL, null=True, related_name="+", verbose_name="案件")

    class Meta:
        verbose_name = "預り"
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(outcome="to_look_at") | ~models.Q(reason=""), name="continuity_a_doubt_has_a_reason"
            ),
        ]

    def __str__(self) -> str:
        return self.number

    @staticmethod
    def encrypted(typed: dict[str, Any]) -> str:
        """Return what waits for a person as ``content`` holds it: encrypted with the keys of the installation."""
        return encryption.encrypt(json.dumps(typed, ensure_ascii=False))

    @property
    def typed(self) -> dict[str, Any]:
        """What waits for a person, in clear; empty when nothing waits. Raises KeyMissing."""
        if not isinstance(self.content, str):
            return self.content or {}
        found: dict[str, Any] = json.loads(encryption.decrypt(self.content))
        return found
