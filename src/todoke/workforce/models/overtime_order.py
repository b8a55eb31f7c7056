"""Overtime orders 時間外命令: asked for by the person or given by the chief; a limit stops an order, never a record."""

from datetime import date, datetime, timedelta
from typing import Any, ClassVar

from django.db import models, transaction
from django.db.models import F, Q
from django.utils import timezone

from todoke.accounts.models import User
from todoke.audit.log import record
from todoke.audit.transitions import Transitions, transition
from todoke.japanese.calendar import business_date, start_of_day
from todoke.organization.models import Department
from todoke.runtime.refusals import Conflict, NotAllowed, Refused
from todoke.workforce.models.month_sheet import MonthSheet, token
from todoke.workforce.models.overtime_rules import SpecialWork
from todoke.workforce.permissions import APPROVE_ATTENDANCE

LONGEST = timedelta(hours=24)


class OvertimeOrderQuerySet(models.QuerySet["OvertimeOrder"]):
    def visible_to(self, user: User) -> "OvertimeOrderQuerySet":
        """Orders of the months that a person sees."""
        return self.filter(sheet__in=MonthSheet.objects.visible_to(user))

    def waiting_for(self, user: User) -> "OvertimeOrderQuerySet":
        """Requests that a person may decide."""
        sections = [each.pk for each in APPROVE_ATTENDANCE.departments_of(user)]
        return self.filter(status="requested", sheet__department__in=sections).exclude(user=user)


class OvertimeOrder(models.Model):
    """時間外命令: a span of a work day in which somebody is to work beyond the schedule, and why."""

    class Status(models.TextChoices):
        REQUESTED = "requested", "申請中"
        ORDERED = "ordered", "命令"
        REFUSED = "refused", "不承認"
        WITHDRAWN = "withdrawn", "取消し"

    NEXT: ClassVar[Transitions] = {
        Status.REQUESTED: frozenset({Status.ORDERED, Status.REFUSED, Status.WITHDRAWN}),
        Status.ORDERED: frozenset({Status.WITHDRAWN}),
        Status.REFUSED: frozenset(),
        Status.WITHDRAWN: frozenset(),
    }

    token = models.CharField("番号", max_length=16, unique=True, default=token)
    sheet = models.ForeignKey(MonthSheet, models.PROTECT, related_name="orders", verbose_name="月の出勤簿")
    user = models.ForeignKey(User, models.PROTECT, related_name="overtime_orders", verbose_name="職員")
    on = models.DateField("勤務日")
    month = models.DateField("月の初日")
    starts_at = models.DateTimeField("始まり")
    ends_at = models.DateTimeField("終わり")
    reason = models.CharField("業務の内容", max_length=200)
    afterwards_reason = models.CharField("事後になった理由", max_length=200, blank=True)
    special_work = models.ForeignKey(
        SpecialWork, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="特例業務"
    )
    status = models.CharField("状態", max_length=10, choices=Status, default=Status.REQUESTED)
    requested_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="申請した人")
    requested_at = models.DateTimeField("申請日時", default=timezone.now)
    decided_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name="命じた人")
    decided_at = models.DateTimeField("命じた日時", null=True)
    answer = models.CharField("不承認の理由", max_length=200, blank=True)

    objects = OvertimeOrderQuerySet.as_manager()

    class Meta:
        verbose_name = "時間外命令"
        ordering = ["-starts_at", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(ends_at__gt=F("starts_at")), name="workforce_an_order_has_a_length"),
            models.CheckConstraint(
                condition=Q(decided_by__isnull=True) | ~Q(decided_by=F("user")), name="workforce_no_own_order"
            ),
            models.CheckConstraint(
                condition=~Q(status="ordered") | Q(decided_by__isnull=False), name="workforce_ordered_by_somebody"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.on} 時間外命令"

    @property
    def department(self) -> Department:
        """The section whose chief decides."""
        return self.sheet.department

    @classmethod
    @transaction.atomic
    def request(
        cls, user: User, starts_at: datetime, ends_at: datetime, reason: str, *, by: User, on: date | None = None,
        afterwards_reason: str = "", special_work: SpecialWork | None = None,
    ) -> "OvertimeOrder":  # fmt: skip
        """時間外命令を申請する: by the person, or by whoever may approve it.

        Raises NotAllowed, Refused for a span that cannot be or without words (what began says why it is asked
        afterwards), Closed for a closed month.
        """
        day = on or business_date(starts_at)
        if by.pk != user.pk and not MonthSheet.of(user, day).can_approve(by):
            raise NotAllowed("ほかの人の時間外命令を申請できるのは、部署の課長(課長の分は部長)だけです。")
        if not timedelta() < ends_at - starts_at <= LONGEST or starts_at < start_of_day(day):
            raise Refused("終わりを、始まりより後の、24時間以内の時刻にしてください。")
        if not reason.strip():
            raise Refused("業務の内容を書いてください。")
        if starts_at < timezone.now() and not afterwards_reason.strip():
            raise Refused("始まった後の申請です。事後になった理由を書いてください。")
        if special_work is not None and not special_work.starts_on <= day <= special_work.ends_on:
            raise Refused("この特例業務の期間の外の日です。")
        sheet = MonthSheet.write(user, day)
        made = cls.objects.create(
            sheet=sheet, user=user, on=day, month=day.replace(day=1), starts_at=starts_at, ends_at=ends_at,
            reason=reason.strip(), afterwards_reason=afterwards_reason.strip(), special_work=special_work,
            requested_by=by,
        )  # fmt: skip
        record(made, "時間外命令の申請", by=by, after={"始まり": starts_at, "終わり": ends_at}, first=True)
        return made

    @transaction.atomic
    def settle(self, to: str, act: str, *, by: User, answer: str = "") -> None:
        """Order, refuse or withdraw where it still waits; who may and what the limits bear, the caller has asked.

        Raises Closed for a closed month, Conflict when it was decided before.
        """
        MonthSheet.write(self.user, self.on)
        decided: dict[str, Any] = (
            {} if to == self.Status.WITHDRAWN else {"decided_by": by, "decided_at": timezone.now()}
        )
        if not transition(self, to, answer=answer, **decided):
            raise Conflict("この時間外命令は、もう決まっているか、取り消されています。")
        record(self, act, by=by, after={"状態": self.status}, reason=answer)

    @transaction.atomic
    def refuse(self, answer: str, *, by: User) -> None:
        """承認しない: with a reason that the person reads. Raises NotAllowed, Refused without one, Closed, Conflict."""
        if not self.sheet.can_approve(by):
            raise NotAllowed("時間外命令を決められるのは、部署の課長(課長の分は部長)です。自分の分は決められません。")
        if not answer.strip():
            raise Refused("承認しない理由を書いてください。本人に見えます。")
        self.settle(self.Status.REFUSED, "時間外命令の不承認", by=by, answer=answer.strip())

    @transaction.atomic
    def withdraw(self, *, by: User) -> None:
        """取り消す: by the person or whoever may order. Raises NotAllowed, Closed for a closed month, Conflict."""
        if by.pk != self.user_id and not self.sheet.can_approve(by):
            raise NotAllowed("取り消せるのは、本人か、命じる課長だけです。")
        self.settle(self.Status.WITHDRAWN, "時間外命令の取消し", by=by)
