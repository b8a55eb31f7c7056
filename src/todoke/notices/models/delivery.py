"""Deliveries 配達: sending one message over one channel, and its status."""

from typing import Any, ClassVar

from django.db import models, transaction
from django.utils import timezone

from todoke.accounts.actors import Actor
from todoke.audit.log import record
from todoke.audit.transitions import Transitions, compare_and_set, transition
from todoke.notices.models.message import Message


class DeliveryQuerySet(models.QuerySet["Delivery"]):
    def unsent(self) -> "DeliveryQuerySet":
        """Deliveries that wait for their next attempt."""
        return self.filter(status__in=[Delivery.Status.QUEUED, Delivery.Status.DELAYED])

    def failed(self) -> "DeliveryQuerySet":
        """Deliveries that failed for good or were returned, so that the office must act."""
        return self.filter(status__in=[Delivery.Status.FAILED, Delivery.Status.RETURNED])


class Delivery(models.Model):
    """配達: sending one message over one channel, with its status and number of attempts."""

    class Status(models.TextChoices):
        QUEUED = "queued", "送信待ち"
        SENT = "sent", "送信済み"
        DELAYED = "delayed", "一時的な失敗"
        FAILED = "failed", "配達不能"
        RETURNED = "returned", "返戻"
        HELD = "held", "留め置き"
        DISCARDED = "discarded", "送付の取りやめ"

    NEXT: ClassVar[Transitions] = {
        Status.QUEUED: frozenset({Status.SENT, Status.DELAYED, Status.FAILED, Status.HELD}),
        Status.DELAYED: frozenset({Status.SENT, Status.DELAYED, Status.FAILED, Status.HELD}),
        Status.SENT: frozenset({Status.RETURNED}),
        Status.FAILED: frozenset({Status.QUEUED}),
        Status.RETURNED: frozenset(),
        Status.HELD: frozenset({Status.QUEUED, Status.DISCARDED}),
        Status.DISCARDED: frozenset(),
    }

    message = models.ForeignKey(Message, models.PROTECT, related_name="deliveries", verbose_name="通知")
    channel = models.CharField("経路", max_length=20)
    status = models.CharField("状態", max_length=10, choices=Status.choices, default=Status.QUEUED)
    attempts = models.PositiveSmallIntegerField("試行回数", default=0)
    problem = models.CharField("失敗の理由", max_length=200, blank=True)
    queued_at = models.DateTimeField("登録日時", auto_now_add=True)
    settled_at = models.DateTimeField("確定日時", null=True)

    objects = DeliveryQuerySet.as_manager()

    class Meta:
        verbose_name = "配達"
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["message", "channel"], name="notices_one_delivery_per_channel"),
        ]
        indexes = [models.Index(fields=["status", "queued_at"], name="notices_delivery_status")]

    def __str__(self) -> str:
        return f"{self.message} {self.get_status_display()}"

    def _move(self, to: "Delivery.Status", **changes: Any) -> bool:
        """Change the status if no other process changed it or began an attempt; False otherwise."""
        return transition(self, to, read={"attempts": self.attempts}, **changes)

    def begin_attempt(self) -> bool:
        """Claim the next attempt; False when it is finished or another worker claimed it first."""
        if self.status not in {self.Status.QUEUED, self.Status.DELAYED}:
            return False
        read = {"status": self.status, "attempts": self.attempts}
        return compare_and_set(self, read, attempts=self.attempts + 1)

    def mark_sent(self) -> bool:
        """Mark as sent; False when another process changed it first."""
        return self._move(self.Status.SENT, settled_at=timezone.now(), problem="")

    def mark_delayed(self, problem: str) -> bool:
        """Mark as failed for now, to be tried again; False when another process changed it first."""
        return self._move(self.Status.DELAYED, problem=problem)

    def mark_failed(self, problem: str) -> bool:
        """Mark as failed for good; False when another process changed it first."""
        return self._move(self.Status.FAILED, settled_at=timezone.now(), problem=problem)

    def hold(self) -> bool:
        """Hold the delivery (留め置き) until somebody decides; False when its status does not allow it."""
        return self._move(self.Status.HELD)

    def requeue(self) -> bool:
        """Queue a held or failed delivery again; False when its status does not allow it."""
        return self._move(self.Status.QUEUED)

    def discard(self) -> bool:
        """Cancel a held delivery; its message stays. False when it is not held."""
        return self._move(self.Status.DISCARDED, settled_at=timezone.now())

    @transaction.atomic
    def mark_returned(self, *, problem: str, by: Actor) -> bool:
        """Record that the message was returned (返戻); False when it had not been sent."""
        moved = self._move(self.Status.RETURNED, settled_at=timezone.now(), problem=problem)
        if moved:
            record(self.message, "通知の返戻", by=by, reason=problem)
        return moved
