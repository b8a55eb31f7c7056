"""Overpayments 過誤納: money that came although nothing was owed any more, with its refund prepared."""

import secrets
from datetime import timedelta
from typing import Any

from django.db import models, transaction
from django.utils import timezone

from todoke.accounts.actors import Actor, System, user_of
from todoke.accounts.models import User
from todoke.audit import log
from todoke.audit.transitions import stamp_once
from todoke.jobs.backend import task_named
from todoke.payments.models.charge import Charge, Receipt
from todoke.payments.signals import overpaid

SEND_REFUND = "todoke.payments.tasks.send_overpaid_refund"
TOLD_WITHIN = timedelta(minutes=15)
FOUND = System("二重の納付の確認")


class OverpaymentQuerySet(models.QuerySet["Overpayment"]):
    def undecided(self) -> "OverpaymentQuerySet":
        """Overpayments whose refund waits for a treasurer."""
        return self.filter(decided_at__isnull=True)

    def untold(self) -> "OverpaymentQuerySet":
        """Overpayments that nobody was told of."""
        return self.filter(told_at__isnull=True)


class Overpayment(models.Model):
    """過誤納: one capture too many of a charge; its number is the idempotency key of the refund (還付の起案)."""

    charge = models.ForeignKey(Charge, models.PROTECT, related_name="overpayments", verbose_name="調定")
    number = models.CharField("還付番号", max_length=20, unique=True)
    method = models.CharField("方法", max_length=10, choices=Receipt.Method.choices)
    reference = models.CharField("照合番号", max_length=64)
    yen = models.PositiveIntegerField("金額", help_text="円")
    reason = models.CharField("還付の理由", max_length=200)
    noticed_at = models.DateTimeField("わかった日時")
    told_at = models.DateTimeField("知らせた日時", null=True, blank=True)
    payer_mailed_at = models.DateTimeField("納付者にメールした日時", null=True, blank=True)
    decided_at = models.DateTimeField("還付を決めた日時", null=True, blank=True)
    decided_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name="還付を決めた人")
    asked_at = models.DateTimeField("還付を依頼した日時", null=True, blank=True)

    objects = OverpaymentQuerySet.as_manager()

    class Meta:
        verbose_name = "過誤納"
        ordering = ["-noticed_at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["method", "reference"], name="payments_each_overpayment_once"),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.yen:,}円"

    @classmethod
    @transaction.atomic
    def notice(cls, charge: Charge, *, method: str, reference: str, yen: int) -> "Overpayment":
        """Record money that came too much, prepare its refund, and tell payer and office at once (二重の納付)."""
        facts: dict[str, Any] = {
            "charge": charge,
            "number": f"W{secrets.randbelow(10**12):012}",
            "yen": yen,
            "reason": f"{charge.number}は「{charge.status.label}」のため、納める必要がなかった",
            "noticed_at": timezone.now(),
        }
        found, fresh = cls.objects.get_or_create(method=method, reference=reference, defaults=facts)
        if fresh:
            log.record(charge, "二重の納付", by=FOUND, after={"reference": reference, "refund": found.number})
            found.tell()
        return found

    @transaction.atomic
    def tell(self) -> bool:
        """Tell the payer by mail and the office by its page, once; False when they were told before."""
        if not stamp_once(self, "told_at"):
            return False
        if any(mailed for _, mailed in overpaid.send(sender=Charge, charge=self.charge, overpayment=self)):
            stamp_once(self, "payer_mailed_at")
        return True

    @transaction.atomic
    def decide(self, *, by: Actor) -> bool:
        """Decide the prepared refund (還付の決定); the provider gives the money back. False when decided before.

        What no provider took, such as a slip, is given back by the treasurer outside the system.
        """
        if not stamp_once(self, "decided_at", decided_by=user_of(by)):
            return False
        log.record(self.charge, "二重の納付の還付", by=by, after={"number": self.number, "yen": self.yen})
        if self.is_refunded_by_provider:
            task_named(SEND_REFUND).enqueue(self.number)
        return True

    @property
    def is_refunded_by_provider(self) -> bool:
        """Whether a provider took the money and gives it back; otherwise the treasurer does."""
        return self.method not in {Receipt.Method.SLIP, Receipt.Method.CASH}
