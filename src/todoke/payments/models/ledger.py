"""Ledger 台帳: append-only double entry in integer yen; corrections are new lines; closed days are locked."""

from collections.abc import Sequence
from datetime import date, timedelta

from django.db import models, transaction
from django.db.models import Q, Sum
from django.utils import timezone

from todoke.audit.immutable import ImmutableModel
from todoke.japanese.calendar import format_date, today
from todoke.runtime.refusals import Closed


class Unbalanced(ValueError):
    """A journal whose lines do not sum to zero (貸借不一致)."""


class DayLocked(Closed):
    """The day was closed (締め済み); the correction belongs to an open day."""


class AppendOnly(ImmutableModel):
    """追記のみの行: written once, neither changed nor deleted."""

    FROZEN, INSTEAD = "台帳", "訂正は新しい仕訳で行います。"

    class Meta:
        abstract = True


class PeriodLock(AppendOnly):
    """締め: a business day on which nothing may be booked any more."""

    day = models.DateField("業務日", unique=True)
    locked_at = models.DateTimeField("締めた日時", auto_now_add=True)

    class Meta:
        verbose_name = "締め"
        ordering = ["day"]

    def __str__(self) -> str:
        return f"{format_date(self.day)} 締め"


class Journal(AppendOnly):
    """仕訳: one event of money; its lines sum to zero."""

    class Kind(models.TextChoices):
        ASSESSED = "assessed", "調定"
        CANCELLED = "cancelled", "調定取消"
        PAID = "paid", "収納"
        OVERPAID = "overpaid", "過誤納"
        REFUNDED = "refunded", "還付"
        CHARGEBACK = "chargeback", "取消請求"
        PAYOUT = "payout", "入金"
        DEPOSIT = "deposit", "現金の預入"
        TAKEN_BACK = "taken_back", "収納取消"
        GRANTED = "granted", "ポイント付与"
        SPENT = "spent", "ポイント利用"
        UNSPENT = "unspent", "ポイント利用取消"
        EXPIRED = "expired", "ポイント失効"
        SETTLED = "settled", "ポイント精算"
        CORRECTION = "correction", "訂正"

    day = models.DateField("業務日")
    kind = models.CharField("種類", max_length=12, choices=Kind.choices)
    about = models.CharField("対象", max_length=80)
    posted_at = models.DateTimeField("記帳日時")

    class Meta:
        verbose_name = "仕訳"
        ordering = ["pk"]
        indexes = [models.Index(fields=["day", "kind"], name="payments_journal_day")]

    def __str__(self) -> str:
        return f"{self.day} {self.Kind(self.kind).label} {self.about}"

    @classmethod
    def is_closed(cls, day: date) -> bool:
        """Tell whether a business day was closed."""
        return PeriodLock.objects.filter(day=day).exists()

    @classmethod
    def first_open(cls, day: date) -> date:
        """Return the first day from ``day`` on that is not closed; late events are booked there."""
        closed = set(PeriodLock.objects.filter(day__gte=day).values_list("day", flat=True))
        while day in closed:
            day += timedelta(days=1)
        return day

    @classmethod
    @transaction.atomic
    def post(
        cls, kind: "Journal.Kind", about: str, lines: Sequence[tuple[str, int]], *, day: date | None = None
    ) -> "Journal":
        """Book one journal, by default on the first open day: debits above zero, credits below, in yen.

        Raises Unbalanced or DayLocked; books nothing then.
        """
        if sum(yen for _, yen in lines) != 0:
            raise Unbalanced(f"貸借が一致しません: {lines}")
        if day is None:
            day = cls.first_open(today())
        elif cls.is_closed(day):
            raise DayLocked(f"{format_date(day)}は締め済みです。訂正は開いている日の仕訳で行ってください。")
        journal = cls.objects.create(day=day, kind=kind, about=about, posted_at=timezone.now())
        LedgerLine.objects.bulk_create(
            LedgerLine(journal=journal, account=account, yen=yen) for account, yen in lines if yen
        )
        return journal


class LedgerLine(AppendOnly):
    """台帳の行: yen on one account; above zero is a debit 借方, below zero a credit 貸方."""

    journal = models.ForeignKey(Journal, models.PROTECT, related_name="lines", verbose_name="仕訳")
    account = models.CharField("勘定", max_length=24)
    yen = models.BigIntegerField("金額", help_text="円。借方は正、貸方は負")

    class Meta:
        verbose_name = "台帳の行"
        ordering = ["pk"]
        constraints = [models.CheckConstraint(condition=~Q(yen=0), name="payments_ledger_line_moves_money")]
        indexes = [models.Index(fields=["account"], name="payments_ledger_account")]

    def __str__(self) -> str:
        return f"{self.account} {self.yen:,}"

    @classmethod
    def balance(cls, account: str, *, until: date | None = None) -> int:
        """Return the balance of an account in yen, debit above zero, at the end of a day (default: now)."""
        lines = cls.objects.filter(account=account)
        if until is not None:
            lines = lines.filter(journal__day__lte=until)
        return lines.aggregate(total=Sum("yen"))["total"] or 0

    @classmethod
    def total(cls) -> int:
        """Return the sum of everything ever booked: always zero."""
        return cls.objects.aggregate(total=Sum("yen"))["total"] or 0
