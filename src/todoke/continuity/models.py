"""The records of replayed offline submissions, and of the backups and outages that the program tried itself."""

import json
from typing import Any

from django.db import models, transaction
from django.utils import timezone

from todoke.accounts.actors import System
from todoke.audit.log import record
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


class RecoveryCheck(models.Model):
    """復元の点検: a backup that was opened whole, or an outage drill, carried out by the program, with its result."""

    class Kind(models.TextChoices):
        BACKUP = "backup", "控えの点検"
        DRILL = "drill", "停止の訓練"

    class Outcome(models.TextChoices):
        GOOD = "good", "良好"
        FAILED = "failed", "問題あり"

    kind = models.CharField("種類", max_length=10, choices=Kind)
    at = models.DateTimeField("実施日時", default=timezone.now)
    seconds = models.FloatField("かかった秒数")
    outcome = models.CharField("結果", max_length=10, choices=Outcome)
    summary = models.CharField("内容", max_length=300)

    class Meta:
        verbose_name = "復元の点検"
        ordering = ["-at", "-pk"]
        indexes = [models.Index(fields=["kind", "-at"], name="continuity_checks_by_kind")]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.get_outcome_display()}"

    @classmethod
    @transaction.atomic
    def register(cls, kind: "RecoveryCheck.Kind", *, seconds: float, summary: str, failed: bool) -> "RecoveryCheck":
        """Record what the program did itself (復元の点検の記録)."""
        outcome = cls.Outcome.FAILED if failed else cls.Outcome.GOOD
        check = cls.objects.create(kind=kind, seconds=seconds, outcome=outcome, summary=summary[:300])
        record(check, "復元の点検の記録", by=System("復元の点検"), after={"種類": kind, "結果": outcome})
        return check
