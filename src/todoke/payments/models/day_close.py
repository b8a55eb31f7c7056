"""Day close 日計: statements, the findings of reconciliation, and the two signatures that lock a day."""

from collections import Counter
from collections.abc import Sequence
from datetime import timedelta
from typing import NoReturn

from django.db import models, transaction
from django.db.models import Q

from todoke.accounts.actors import Actor, user_of
from todoke.accounts.models import User
from todoke.audit import log
from todoke.audit.transitions import compare_and_set, stamp_once
from todoke.japanese.calendar import format_date
from todoke.payments.matching import Discrepancy, LineKind
from todoke.payments.models.ledger import PeriodLock
from todoke.payments.permissions import CLOSE_DAY
from todoke.runtime.refusals import NotYet, Refused


class Statement(models.Model):
    """明細: one imported file of a till, a terminal, an agent or a bank; unique by the file's hash."""

    class Source(models.TextChoices):
        TILL = "till", "窓口レジ"
        AGENT = "agent", "決済事業者・端末"
        BANK = "bank", "銀行"

    source = models.CharField("出どころ", max_length=10, choices=Source.choices)
    name = models.CharField("ファイル名", max_length=200)
    file_hash = models.CharField("ファイルの封印", max_length=64, unique=True)
    left_out = models.TextField("取り込まなかったもの", blank=True)
    imported_at = models.DateTimeField("取込日時", auto_now_add=True)
    imported_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name="取り込んだ人")

    class Meta:
        verbose_name = "明細"
        ordering = ["-pk"]

    def __str__(self) -> str:
        return self.name


class StatementLines(models.QuerySet["StatementLine"]):
    """The lines of all statements."""

    def unknown(self, lines: Sequence["StatementLine"]) -> tuple[list["StatementLine"], list["StatementLine"]]:
        """Return the lines that no statement brought before, and those that one did; each gets its ordinal.

        Two equal lines of one file are two; of two files that overlap, they are one.
        """
        counted: Counter[tuple[object, ...]] = Counter()
        for line in lines:
            counted[line.identity] += 1
            line.ordinal = counted[line.identity]
        days = {line.day for line in lines}
        sources = {line.source for line in lines}
        before = self.filter(source__in=sources, day__in=days).values_list(*StatementLine.IDENTITY, "ordinal")
        known = set(before)
        new = [line for line in lines if (*line.identity, line.ordinal) not in known]
        return new, [line for line in lines if (*line.identity, line.ordinal) in known]


class StatementLine(models.Model):
    """明細の行: one line of a statement, in yen; what it is about is the same however often a file repeats it."""

    IDENTITY = ("source", "kind", "reference", "day", "yen")

    statement = models.ForeignKey(Statement, models.PROTECT, related_name="lines", verbose_name="明細")
    source = models.CharField("出どころ", max_length=10, choices=Statement.Source.choices)
    ordinal = models.PositiveIntegerField("同じ行の何番目", default=1)
    row = models.PositiveIntegerField("行")
    day = models.DateField("業務日")
    kind = models.CharField("種類", max_length=12, choices=LineKind.choices)
    reference = models.CharField("照合番号", max_length=64)
    yen = models.BigIntegerField("金額", help_text="円")
    fee_yen = models.PositiveIntegerField("手数料", default=0, help_text="円")
    payout = models.CharField("入金番号", max_length=40, blank=True)
    payout_on = models.DateField("入金予定日", null=True, blank=True)

    objects = StatementLines.as_manager()

    class Meta:
        verbose_name = "明細の行"
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["statement", "row"], name="payments_one_line_per_statement_row"),
            models.UniqueConstraint(
                fields=["source", "kind", "reference", "day", "yen", "ordinal"],
                name="payments_one_line_is_counted_once",
            ),
        ]
        indexes = [
            models.Index(fields=["day", "kind"], name="payments_statement_day"),
            models.Index(fields=["payout"], name="payments_statement_payout"),
        ]

    def __str__(self) -> str:
        return f"{self.reference} {self.yen:,}円"

    @property
    def identity(self) -> tuple[object, ...]:
        """Return what tells the line from others, but for equal lines of one file."""
        return tuple(getattr(self, name) for name in self.IDENTITY)


class DayClose(models.Model):
    """日計: the close of one business day, prepared by one person, signed by another, then locked."""

    day = models.DateField("業務日", unique=True)
    opened_at = models.DateTimeField("開始日時")
    opened_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name="始めた人")
    matched = models.PositiveIntegerField("一致した件数", default=0)
    prepared_at = models.DateTimeField("作成日時", null=True, blank=True)
    prepared_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name="作成した人")
    sent_back_reason = models.CharField("差し戻した理由", max_length=300, blank=True, default="")
    signed_at = models.DateTimeField("確認日時", null=True, blank=True)
    signed_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name="確認した人")

    class Meta:
        verbose_name = "日計"
        ordering = ["-day"]
        constraints = [
            models.CheckConstraint(
                condition=Q(signed_by__isnull=True) | ~Q(signed_by=models.F("prepared_by")),
                name="payments_day_is_signed_by_another",
            ),
        ]

    def __str__(self) -> str:
        return f"{format_date(self.day)}の日計"

    @property
    def is_closed(self) -> bool:
        return self.signed_at is not None

    @property
    def time_spent(self) -> timedelta | None:
        """Return how long people spent from opening the sheet to the second signature; None while it is open."""
        return self.signed_at - self.opened_at if self.signed_at else None

    @property
    def time_spent_minutes(self) -> int | None:
        """Return the same in whole minutes, rounded up."""
        return -(-int(self.time_spent.total_seconds()) // 60) if self.time_spent else None

    @staticmethod
    def can_work(user: User) -> bool:
        """Tell whether a person may prepare and sign the day's money: treasurers only."""
        return CLOSE_DAY.held_by(user)

    @transaction.atomic
    def prepare(self, *, by: Actor) -> None:
        """Sign as the first person (作成). Raises NotYet while a finding is unexplained."""
        left = self.findings.filter(explained_at__isnull=True).count()
        if left:
            raise NotYet(f"説明のない差異が {left} 件あります。すべてに対応を記録してから、作成を終えてください。")
        stamp_once(self, "prepared_at", prepared_by=user_of(by), sent_back_reason="")
        self.refresh_from_db()
        log.record(self, "日計の作成", by=by, after={"matched": self.matched})

    @transaction.atomic
    def sign(self, *, by: Actor) -> None:
        """Sign as the second person, and lock the day (確認).

        Raises NotYet for the preparer, or when it is unprepared.
        """
        if self.prepared_at is None:
            raise NotYet("まだ作成が終わっていません。")
        if user_of(by) == self.prepared_by:
            raise NotYet("作成した人は確認できません。別の人が確認してください。")
        if stamp_once(self, "signed_at", signed_by=user_of(by)):
            PeriodLock.objects.create(day=self.day)
            log.record(self, "日計の確認", by=by, before={"signed": False}, after={"signed": True})
        self.refresh_from_db()

    @transaction.atomic
    def send_back(self, *, reason: str, by: Actor) -> None:
        """Send a prepared day back to be prepared again (差戻し).

        Raises Refused without a reason, NotYet for the preparer, or when it is unprepared or signed.
        """
        if not reason.strip():
            raise Refused("差し戻す理由を書いてください。")
        if user_of(by) == self.prepared_by:
            raise NotYet("作成した人は差し戻せません。作り直すときは、確認する人に差し戻してもらってください。")
        waiting = {"signed_at": None, "prepared_at__isnull": False}
        if not compare_and_set(self, waiting, prepared_at=None, prepared_by=None, sent_back_reason=reason[:300]):
            raise NotYet("作成が終わっていないか、すでに締めた日です。何も変わっていません。")
        self.refresh_from_db()
        log.record(self, "日計の差戻し", by=by, reason=reason)

    def delete(self, *args: object, **kwargs: object) -> NoReturn:
        raise TypeError("日計は消せません。")


class Finding(models.Model):
    """差異: one mismatch of a day, its class, and how it was explained."""

    RESOLUTIONS: dict[str, str] = {
        Discrepancy.CAPTURED_NOT_ACKNOWLEDGED: "事業者に結果を照会して、収納に取り込む",
        Discrepancy.ACKNOWLEDGED_NOT_CAPTURED: "事業者に照会し、決済がなければ収納を取り消して、あらためて請求する",
        Discrepancy.AMOUNT_DIFFERS: "多い分は還付を依頼し、足りない分は事業者に請求する",
        Discrepancy.REFUND_MISSING: "還付をもう一度、同じ番号で依頼する",
        Discrepancy.PAYOUT_DATE_MISSING: "入金予定日の届くまで、未済として持ち越す",
        Discrepancy.PAYOUT_DIFFERS: "差額を未済として、事業者と銀行に照会する",
        Discrepancy.CASH_DIFFERS: "数え直したうえで、現金過不足として記帳する",
        Discrepancy.CHARGED_BACK: "取消請求の決着まで、未済として持ち越す",
        Discrepancy.DUPLICATE: "二重の分を過誤納として、還付を依頼する",
        Discrepancy.UNKNOWN: "仮受金として持ち越し、事業者とほかの部署に確かめる",
    }

    day_close = models.ForeignKey(DayClose, models.PROTECT, related_name="findings", verbose_name="日計")
    difference = models.CharField("区分", max_length=30, choices=Discrepancy.choices)
    reference = models.CharField("照合番号", max_length=64)
    line = models.CharField("明細の種類", max_length=12, blank=True)
    our_yen = models.BigIntegerField("当方の金額", null=True, help_text="円")
    their_yen = models.BigIntegerField("相手の金額", null=True, help_text="円")
    explanation = models.CharField("対応", max_length=300, blank=True)
    explained_at = models.DateTimeField("対応日時", null=True, blank=True)
    explained_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name="対応した人")

    class Meta:
        verbose_name = "差異"
        ordering = ["difference", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["day_close", "difference", "reference"], name="payments_each_difference_is_listed_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{Discrepancy(self.difference).label} {self.reference}"

    @property
    def resolution(self) -> str:
        return self.RESOLUTIONS[self.difference]

    @transaction.atomic
    def explain(self, explanation: str, *, by: Actor) -> bool:
        """Record what was done about a finding (対応); False when it was recorded before.

        Raises Refused if empty.
        """
        if not explanation.strip():
            raise Refused("対応の内容を入力してください。")
        if not stamp_once(self, "explained_at", explanation=explanation, explained_by=user_of(by)):
            return False
        log.record(self.day_close, "差異の対応", by=by, after={"finding": self.pk, "difference": self.difference})
        return True
