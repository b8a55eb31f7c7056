"""Attempts 支払の試み, and the provider events 決済通知 received for them."""

import secrets
from datetime import datetime
from typing import ClassVar

from django.db import models, transaction
from django.db.models import Q
from django.utils import timezone

from todoke.accounts.actors import Actor
from todoke.audit import log
from todoke.audit.transitions import Transitions, compare_and_set, transition
from todoke.japanese.calendar import JAPAN
from todoke.payments import inquiry_schedule
from todoke.payments.models.charge import Charge, Receipt
from todoke.runtime.refusals import Conflict


class InDoubt(Conflict):
    """A payment of the charge is being asked about (支払の確認中); a second one is not taken meanwhile."""


class AttemptQuerySet(models.QuerySet["Attempt"]):
    def waiting(self) -> "AttemptQuerySet":
        """Attempts without an outcome, which the provider is asked about."""
        return self.filter(status__in=[Attempt.Status.STARTED, Attempt.Status.PENDING])

    def live(self) -> "AttemptQuerySet":
        """Attempts in doubt (確認中): without an outcome, those that a person settles included."""
        return self.filter(status__in=Attempt.LIVE)

    def due(self, now: datetime) -> "AttemptQuerySet":
        """Attempts that are to be asked about by now."""
        return self.waiting().filter(next_ask_at__lte=now).order_by("next_ask_at", "pk")


class Attempt(models.Model):
    """支払の試み: one attempt to pay a charge through a provider; its key is the idempotency key."""

    class Status(models.TextChoices):
        STARTED = "started", "手続中"
        PENDING = "pending", "確認中"
        CAPTURED = "captured", "決済済"
        FAILED = "failed", "不成立"
        CANCELLED = "cancelled", "中止"
        CHARGED_BACK = "charged_back", "取消請求"
        UNSETTLED = "unsettled", "人が確かめる"

    LIVE: ClassVar = [Status.STARTED, Status.PENDING, Status.UNSETTLED]
    NEXT: ClassVar[Transitions] = {
        Status.STARTED: frozenset({Status.PENDING, Status.CAPTURED, Status.FAILED, Status.CANCELLED, Status.UNSETTLED}),
        Status.PENDING: frozenset({Status.CAPTURED, Status.FAILED, Status.CANCELLED, Status.UNSETTLED}),
        Status.UNSETTLED: frozenset({Status.CAPTURED, Status.FAILED, Status.CANCELLED}),
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
    return_url = models.CharField("戻り先", max_length=300, blank=True, default="")
    asked_times = models.PositiveSmallIntegerField("照会した回数", default=0)
    next_ask_at = models.DateTimeField("次の照会", null=True, blank=True)

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
            models.UniqueConstraint(
                fields=["charge"],
                condition=Q(status__in=["started", "pending", "unsettled"]),
                name="payments_one_live_attempt",
                violation_error_message="お支払いを確認しています。確認が終わるまで、新しい支払は始められません。",
            ),
        ]
        indexes = [
            models.Index(
                fields=["next_ask_at"], condition=Q(status__in=["started", "pending"]), name="payments_attempt_due"
            ),
            models.Index(fields=["status", "requested_at"], name="payments_attempt_waiting"),
            models.Index(fields=["requested_at"], name="payments_attempt_day"),
        ]

    def __str__(self) -> str:
        return f"{self.charge.number} {self.Status(self.status).label}"

    @classmethod
    @transaction.atomic
    def start(cls, charge: Charge, *, provider: str, method: str, by: Actor, return_url: str = "") -> "Attempt":
        """Create an attempt (支払の開始) with the charge's own amount, never the page's.

        Raises IntegrityError while another attempt of the charge is in doubt.
        """
        now = timezone.now()
        attempt = cls.objects.create(
            charge=charge,
            key=secrets.token_hex(16),
            provider=provider,
            method=method,
            yen=charge.yen,
            requested_at=now,
            return_url=return_url,
            next_ask_at=inquiry_schedule.next_inquiry(0, now),
        )
        log.record(charge, "支払の開始", by=by, after={"attempt": attempt.key, "yen": attempt.yen})
        return attempt

    @classmethod
    def require_none_live(cls, charge: Charge) -> None:
        """Refuse while a payment of the charge is in doubt; the caller holds the lock of the charge. Raises InDoubt."""
        if (live := cls.objects.live().filter(charge=charge).first()) is not None:
            raise live.doubt()

    @property
    def is_live(self) -> bool:
        return self.status in self.LIVE

    @property
    def is_unsettled(self) -> bool:
        return self.status == self.Status.UNSETTLED

    @property
    def given_up_at(self) -> datetime:
        """When asking ends, and a person settles it."""
        return inquiry_schedule.given_up_at(self.requested_at, is_slip=self.method == Receipt.Method.KONBINI)

    def can_resume(self, method: str, now: datetime) -> bool:
        """Whether pressing again goes on with this attempt under its own key, which is never a second payment."""
        started = self.status == self.Status.STARTED
        pending = self.status == self.Status.PENDING and method != Receipt.Method.KONBINI
        known = inquiry_schedule.is_key_known(self.requested_at, now)
        return self.method == method and (started or pending) and known

    def doubt(self) -> InDoubt:
        """Return the refusal that says what is safe, what comes next, and when."""
        since = f"{self.requested_at.astimezone(JAPAN):%m月%d日 %H:%M}"
        then = "会計担当が決済事業者に確かめています。"
        if not self.is_unsettled and self.next_ask_at:
            then = f"次は{self.next_ask_at.astimezone(JAPAN):%m月%d日 %H:%M}ごろ、決済事業者に自動で照会します。"
        return InDoubt(
            f"{since}に始まったお支払いを確認しています。同じ手数料が二重に引き落とされることはありません。{then}"
            "結果がわかるまで、ほかの方法での支払はお待ちください。"
        )

    def plan_next_inquiry(self, now: datetime) -> bool:
        """Count an inquiry and write down when the next is due; False when another process was first."""
        read = {"asked_times": self.asked_times, "status__in": self.LIVE}
        then = inquiry_schedule.next_inquiry(self.asked_times + 1, now)
        return compare_and_set(self, read, asked_times=self.asked_times + 1, next_ask_at=then)

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
