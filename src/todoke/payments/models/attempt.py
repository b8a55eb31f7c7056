"""Attempts 支払の試み, and the provider events 決済通知 received for them."""

import secrets
from typing import ClassVar

from django.db import models, transaction
from django.utils import timezone

from todoke.accounts.actors import Actor
from todoke.audit import log
from todoke.audit.transitions import Transitions, transition
from todoke.payments.models.charge import Charge, Receipt


class AttemptQuerySet(models.QuerySet["Attempt"]):
    def waiting(self) -> "AttemptQuerySet":
        """Attempts without an outcome."""
        return self.filter(status__in=[Attempt.Status.STARTED, Attempt.Status.PENDING])


class Attempt(models.Model):
    """支払の試み: one attempt to pay a charge through a provider; its key is the idempotency key."""

    class Status(models.TextChoices):
        STARTED = "started", "手続中"
        PENDING = "pending", "確認中"
        CAPTURED = "captured", "決済済"
        FAILED = "failed", "不成立"
        CANCELLED = "cancelled", "中止"
        CHARGED_BACK = "charged_back", "取消請求"

    NEXT: ClassVar[Transitions] = {
        Status.STARTED: frozenset({Status.PENDING, Status.CAPTURED, Status.FAILED, Status.CANCELLED}),
        Status.PENDING: frozenset({Status.CAPTURED, Status.FAILED, Status.CANCELLED}),
        Status.FAILED: frozenset({Status.CAPTURED}),
        Status.CANCELLED: frozenset({Status.CAPTURED}),
        Status.CAPTURED: frozenset({Status.CHARGED_BACK}),
        Status.CHARGED_BACK: frozenset(),
    }

    charge = models.ForeignKey(Charge, models.PROTECT, related_name="attempts", verbose_name="調定")
    key = models.CharField("試みの番号", max_length=32, unique=True)
    provider = models.CharField("決済事業者", max_length=20)
    method = models.CharField("方法", max_length=10, choices=Receipt.Method.choices)
    reference = models.CharField("決済番号", max_length=64, blank=True)
    yen = models.PositiveIntegerField("金額", help_text="円")
    status = models.CharField("状態", max_length=12, choices=Status.choices, default=Status.STARTED)
    requested_at = models.DateTimeField("申出日時")
    told_at = models.DateTimeField("結果を知った日時", null=True, blank=True)

    objects = AttemptQuerySet.as_manager()

    class Meta:
        verbose_name = "支払の試み"
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["provider", "reference"],
                condition=~models.Q(reference=""),
                name="payments_one_attempt_per_reference",
            ),
        ]
        indexes = [
            models.Index(fields=["status", "requested_at"], name="payments_attempt_waiting"),
            models.Index(fields=["requested_at"], name="payments_attempt_day"),
        ]

    def __str__(self) -> str:
        return f"{self.charge.number} {self.Status(self.status).label}"

    @classmethod
    @transaction.atomic
    def start(cls, charge: Charge, *, provider: str, method: str, by: Actor) -> "Attempt":
        """Create an attempt (支払の開始) with the charge's own amount, never the page's."""
        attempt = cls.objects.create(
            charge=charge,
            key=secrets.token_hex(16),
            provider=provider,
            method=method,
            yen=charge.yen,
            requested_at=timezone.now(),
        )
        log.record(charge, "支払の開始", by=by, after={"attempt": attempt.key, "yen": attempt.yen})
        return attempt

    def move(self, to: str) -> bool:
        """Change the status where it still is what was read; False when it is not, or the step is not allowed."""
        return transition(self, to, told_at=timezone.now())


class ProviderEvent(models.Model):
    """決済通知: a webhook event as it came, unique by provider and event number, whatever the order of arrival."""

    provider = models.CharField("決済事業者", max_length=20)
    event = models.CharField("通知番号", max_length=100)
    kind = models.CharField("種類", max_length=40)
    reference = models.CharField("決済番号", max_length=64)
    yen = models.BigIntegerField("金額", help_text="円")
    body_hash = models.CharField("本文の封印", max_length=64)
    happened_at = models.DateTimeField("発生日時")
    received_at = models.DateTimeField("受信日時", auto_now_add=True)
    outcome = models.CharField("扱い", max_length=200)

    class Meta:
        verbose_name = "決済通知"
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(fields=["provider", "event"], name="payments_each_event_counts_once"),
        ]

    def __str__(self) -> str:
        return f"{self.provider} {self.event}"


class Refund(models.Model):
    """還付: yen refunded for a receipt, wholly or in part."""

    receipt = models.ForeignKey(Receipt, models.PROTECT, related_name="refunds", verbose_name="領収")
    number = models.CharField("還付番号", max_length=20, unique=True)
    yen = models.PositiveIntegerField("金額", help_text="円")
    reason = models.CharField("理由", max_length=200)
    decided_on = models.DateField("還付決定日")
    paid_on = models.DateField("支払日", null=True, blank=True)

    class Meta:
        verbose_name = "還付"
        ordering = ["-pk"]
        constraints = [models.CheckConstraint(condition=models.Q(yen__gt=0), name="payments_refund_gives_something")]

    def __str__(self) -> str:
        return f"{self.number} {self.yen:,}円"
