"""Charges 調定: what an applicant owes, line by line, in yen, assessed on the server."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, ClassVar

from django.db import models, transaction
from django.db.models import Q, Sum
from django.utils import timezone

from todoke.accounts.actors import Actor, user_of
from todoke.accounts.models import User
from todoke.audit import log
from todoke.payments import ledger_accounts
from todoke.payments.models.ledger import Journal
from todoke.runtime.refusals import Refused

if TYPE_CHECKING:
    from todoke.payments.models.attempt import Attempt


@dataclass(frozen=True)
class Due:
    """One line to be assessed (調定の内訳); amounts in yen."""

    label: str
    revenue_code: str
    unit_yen: int
    quantity: int = 1
    reduced_yen: int = 0

    @property
    def yen(self) -> int:
        return self.unit_yen * self.quantity - self.reduced_yen


def _by_revenue(dues: Sequence[Due]) -> dict[str, int]:
    found: dict[str, int] = {}
    for due in sorted(dues, key=lambda each: each.revenue_code):
        found[due.revenue_code] = found.get(due.revenue_code, 0) + due.yen
    return found


class ChargeQuerySet(models.QuerySet["Charge"]):
    def unpaid(self) -> "ChargeQuerySet":
        return self.filter(receipt__isnull=True, cancelled_at__isnull=True, yen__gt=0)

    def overdue(self, on: date) -> "ChargeQuerySet":
        return self.unpaid().filter(due_on__lt=on)


class Charge(models.Model):
    """調定: integer yen owed by one applicant; its payment status is derived from its receipt."""

    class Status(models.TextChoices):
        FREE = "free", "無料"
        UNPAID = "unpaid", "未納"
        PAID = "paid", "納付済"
        PARTLY_REFUNDED = "partly_refunded", "一部還付"
        REFUNDED = "refunded", "還付済"
        CANCELLED = "cancelled", "調定取消"
        TAKEN_BACK = "taken_back", "収納取消"

    number = models.CharField("調定番号", max_length=20, unique=True)
    token = models.CharField("支払リンク", max_length=43, unique=True, editable=False)
    title = models.CharField("件名", max_length=200)
    yen = models.PositiveIntegerField("金額", help_text="円")
    applied_on = models.DateField("申請日", help_text="この日に有効な手数料による")
    due_on = models.DateField("納期限", null=True, blank=True)
    assessed_at = models.DateTimeField("調定日時")
    assessed_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name="調定した人")
    cancelled_at = models.DateTimeField("取消日時", null=True, blank=True)

    objects = ChargeQuerySet.as_manager()

    class Meta:
        verbose_name = "調定"
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"{self.number} {self.yen:,}円"

    @classmethod
    @transaction.atomic
    def assess(
        cls, title: str, dues: Sequence[Due], *, applied_on: date, due_on: date | None = None, by: Actor
    ) -> "Charge":
        """Create a charge (調定) from lines in yen, and book it as receivable.

        Raises Refused for a line below zero.
        """
        if any(due.yen < 0 for due in dues):
            raise Refused("減免の額が手数料より大きくなっています。")
        charge = cls.objects.create(
            number=f"N{secrets.randbelow(10**12):012}",
            token=secrets.token_urlsafe(32),
            title=title,
            yen=sum(due.yen for due in dues),
            applied_on=applied_on,
            due_on=due_on,
            assessed_at=timezone.now(),
            assessed_by=user_of(by),
        )
        ChargeLine.objects.bulk_create(
            ChargeLine(
                charge=charge,
                label=due.label,
                revenue_code=due.revenue_code,
                unit_yen=due.unit_yen,
                quantity=due.quantity,
                reduced_yen=due.reduced_yen,
                yen=due.yen,
            )
            for due in dues
        )
        if charge.yen:
            credits = [(ledger_accounts.revenue(code), -yen) for code, yen in _by_revenue(dues).items() if yen]
            Journal.post(Journal.Kind.ASSESSED, charge.number, [(ledger_accounts.RECEIVABLE, charge.yen), *credits])
        log.record(charge, "調定", by=by, after={"yen": charge.yen, "due_on": due_on}, first=True)
        return charge

    def yen_by_revenue(self) -> dict[str, int]:
        """Return the assessed yen by revenue code 歳入科目."""
        rows = self.lines.values_list("revenue_code").annotate(total=Sum("yen")).order_by("revenue_code")
        return dict(rows)

    @property
    def status(self) -> "Charge.Status":
        if self.cancelled_at:
            return self.Status.CANCELLED
        if not self.yen:
            return self.Status.FREE
        receipt = getattr(self, "receipt", None)
        if receipt is None:
            return self.Status.UNPAID
        if receipt.taken_back_on:
            return self.Status.TAKEN_BACK
        if not receipt.refunded_yen:
            return self.Status.PAID
        return self.Status.REFUNDED if receipt.refunded_yen == self.yen else self.Status.PARTLY_REFUNDED

    @property
    def is_settled(self) -> bool:
        """Tell whether nothing is owed any more: free or paid. A partly refunded charge stays settled."""
        return self.status in {self.Status.FREE, self.Status.PAID, self.Status.PARTLY_REFUNDED}

    def live_attempt(self) -> "Attempt | None":
        """Return the attempt in doubt (確認中の支払) of an unpaid charge, if there is one."""
        return self.attempts.live().first() if self.status == self.Status.UNPAID else None

    @transaction.atomic
    def cancel(self, *, by: Actor, reason: str) -> bool:
        """Cancel an unpaid charge (調定取消); False when it was paid or cancelled meanwhile."""
        now = timezone.now()
        Charge.objects.select_for_update().get(pk=self.pk)
        if not Charge.objects.unpaid().filter(pk=self.pk).update(cancelled_at=now):
            return False
        self.cancelled_at = now
        debits = [(ledger_accounts.revenue(code), yen) for code, yen in self.yen_by_revenue().items() if yen]
        Journal.post(Journal.Kind.CANCELLED, self.number, [*debits, (ledger_accounts.RECEIVABLE, -self.yen)])
        log.record(self, "調定取消", by=by, before={"cancelled": False}, after={"cancelled": True}, reason=reason)
        return True


class ChargeLine(models.Model):
    """調定の内訳: one line of a charge, under one revenue code."""

    charge = models.ForeignKey(Charge, models.PROTECT, related_name="lines", verbose_name="調定")
    label = models.CharField("名目", max_length=100)
    revenue_code = models.CharField("歳入科目", max_length=20)
    unit_yen = models.PositiveIntegerField("単価", help_text="円")
    quantity = models.PositiveIntegerField("数量", default=1)
    reduced_yen = models.PositiveIntegerField("減免額", default=0, help_text="円")
    yen = models.PositiveIntegerField("金額", help_text="円")

    class Meta:
        verbose_name = "調定の内訳"
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(yen=models.F("unit_yen") * models.F("quantity") - models.F("reduced_yen")),
                name="payments_line_amount_is_computed",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.label} {self.yen:,}円"


class Receipt(models.Model):
    """領収: the one payment of a charge; both the day of the request and the day the money arrived are kept."""

    class Method(models.TextChoices):
        CASH = "cash", "現金(窓口)"
        CARD = "card", "クレジットカード"
        CODE = "code", "コード決済"
        KONBINI = "konbini", "コンビニ"
        SLIP = "slip", "納付書"

    CASHLESS: ClassVar = [Method.CARD, Method.CODE]

    charge = models.OneToOneField(Charge, models.PROTECT, related_name="receipt", verbose_name="調定")
    number = models.CharField("領収番号", max_length=20, unique=True)
    method = models.CharField("方法", max_length=10, choices=Method.choices)
    reference = models.CharField("照合番号", max_length=64, help_text="決済・端末・レジの取引番号")
    yen = models.PositiveIntegerField("金額", help_text="円")
    paid_on = models.DateField("納付日", help_text="指定納付受託では、委託の申出の日")
    paid_at = models.DateTimeField("納付日時")
    booked_on = models.DateField("記帳日", help_text="締めた日に後から届いた納付は、次の開いている日")
    arrived_on = models.DateField("入金日", null=True, blank=True)
    taken_back_on = models.DateField("収納取消日", null=True, blank=True, help_text="決済が成り立たなかったとき")
    refunded_yen = models.PositiveIntegerField("還付済額", default=0, help_text="円")

    class Meta:
        verbose_name = "領収"
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(condition=Q(refunded_yen__lte=models.F("yen")), name="payments_refund_within_paid"),
            models.UniqueConstraint(fields=["method", "reference"], name="payments_one_receipt_per_reference"),
        ]
        indexes = [
            models.Index(fields=["paid_on", "method"], name="payments_receipt_day"),
            models.Index(fields=["booked_on"], name="payments_receipt_booked"),
            models.Index(fields=["reference"], name="payments_receipt_reference"),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.yen:,}円"
