"""Leave 休暇: segments of a day that count as scheduled time; balances come from the municipality's own system."""

from datetime import date, time
from typing import Any, ClassVar

from django.db import IntegrityError, models, transaction
from django.db.models import F, Q
from django.utils import timezone

from todoke.accounts.models import User
from todoke.audit.log import record
from todoke.audit.transitions import Transitions, transition
from todoke.organization.models import Department
from todoke.runtime.refusals import Conflict, NotAllowed, Refused
from todoke.workforce.minute_spans import MinuteSpan
from todoke.workforce.models.month_sheet import MonthSheet, token
from todoke.workforce.models.work_pattern import minute_of
from todoke.workforce.permissions import APPROVE_ATTENDANCE, CLOSE_ATTENDANCE


class LeaveKind(models.Model):
    """休暇の種類: one line of the office's code table, from a day on."""

    code = models.SlugField("コード", max_length=20, unique=True)
    title = models.CharField("名称", max_length=40)
    source = models.CharField("根拠", max_length=200)
    ended_on = models.DateField("使わなくなった日", null=True, blank=True)

    class Meta:
        verbose_name = "休暇の種類"
        ordering = ["code"]

    def __str__(self) -> str:
        return self.title

    @classmethod
    @transaction.atomic
    def register(cls, code: str, title: str, source: str, *, by: User) -> "LeaveKind":
        """Take a line into the code table (登録). Raises NotAllowed, Conflict for a code that is there."""
        if not CLOSE_ATTENDANCE.held_by(by):
            raise NotAllowed("休暇の種類を登録できるのは、人事担当です。")
        made, is_new = cls.objects.get_or_create(code=code, defaults={"title": title, "source": source})
        if not is_new:
            raise Conflict("このコードの種類は、もうあります。")
        record(made, "休暇の種類の登録", by=by, after={"コード": code, "名称": title}, first=True)
        return made


class LeaveDayQuerySet(models.QuerySet["LeaveDay"]):
    def visible_to(self, user: User) -> "LeaveDayQuerySet":
        """Leave of the months that a person sees."""
        return self.filter(sheet__in=MonthSheet.objects.visible_to(user))

    def waiting_for(self, user: User) -> "LeaveDayQuerySet":
        """Leave that a person may approve."""
        sections = [each.pk for each in APPROVE_ATTENDANCE.departments_of(user)]
        return self.filter(status="requested", sheet__department__in=sections).exclude(user=user)


class LeaveDay(models.Model):
    """休暇: minutes of a day from a time on, asked for by the person and approved by the chief."""

    class Status(models.TextChoices):
        REQUESTED = "requested", "申請中"
        APPROVED = "approved", "承認"
        REFUSED = "refused", "不承認"
        WITHDRAWN = "withdrawn", "取消し"

    NEXT: ClassVar[Transitions] = {
        Status.REQUESTED: frozenset({Status.APPROVED, Status.REFUSED, Status.WITHDRAWN}),
        Status.APPROVED: frozenset({Status.WITHDRAWN}),
        Status.REFUSED: frozenset(),
        Status.WITHDRAWN: frozenset(),
    }

    token = models.CharField("番号", max_length=16, unique=True, default=token)
    sheet = models.ForeignKey(MonthSheet, models.PROTECT, related_name="leave", verbose_name="月の出勤簿")
    user = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="職員")
    on = models.DateField("日付")
    month = models.DateField("月の初日")
    begins = models.TimeField("始まり")
    minutes = models.PositiveIntegerField("長さ(分)")
    kind = models.ForeignKey(LeaveKind, models.PROTECT, related_name="+", verbose_name="種類")
    status = models.CharField("状態", max_length=10, choices=Status, default=Status.REQUESTED)
    requested_at = models.DateTimeField("申請日時", default=timezone.now)
    decided_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name="決めた人")
    answer = models.CharField("不承認の理由", max_length=200, blank=True)

    objects = LeaveDayQuerySet.as_manager()

    class Meta:
        verbose_name = "休暇"
        ordering = ["-on", "begins"]
        constraints = [
            models.UniqueConstraint(
                fields=["user", "on", "begins"], condition=Q(status__in=["requested", "approved"]),
                name="workforce_leave_begins_once",
            ),
            models.CheckConstraint(
                condition=Q(minutes__gt=0, minutes__lte=24 * 60), name="workforce_leave_has_a_length"
            ),
            models.CheckConstraint(
                condition=Q(decided_by__isnull=True) | ~Q(decided_by=F("user")), name="workforce_no_own_leave"
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.on} {self.kind}"

    @property
    def department(self) -> Department:
        """The section whose chief decides."""
        return self.sheet.department

    @property
    def span(self) -> MinuteSpan:
        """The segment in minutes of its day."""
        start = minute_of(self.begins)
        return start, start + self.minutes

    @classmethod
    @transaction.atomic
    def request(cls, kind: LeaveKind, on: date, begins: time, minutes: int, *, by: User) -> "LeaveDay":
        """休暇を申請する. Raises Refused without a length, Closed for a closed month, Conflict for a second one."""
        if not 0 < minutes <= 24 * 60:
            raise Refused("休暇の長さは、1分から24時間までにしてください。")
        sheet = MonthSheet.write(by, on)
        try:
            with transaction.atomic():
                made = cls.objects.create(
                    sheet=sheet, user=by, on=on, month=on.replace(day=1), begins=begins, minutes=minutes, kind=kind
                )
        except IntegrityError as twice:
            raise Conflict(
                "同じ時刻に始まる休暇が、もうあります。先のものを取り消してから申請してください。"
            ) from twice
        record(made, "休暇の申請", by=by, after={"日付": on, "種類": kind.code, "分": minutes}, first=True)
        return made

    @transaction.atomic
    def approve(self, *, by: User) -> None:
        """承認する. Raises NotAllowed, Closed for a closed month, Conflict when it was decided before."""
        self._decide(self.Status.APPROVED, "休暇の承認", by)

    @transaction.atomic
    def refuse(self, answer: str, *, by: User) -> None:
        """承認しない: with a reason that the person reads. Raises NotAllowed, Refused without one, Closed, Conflict."""
        if not answer.strip():
            raise Refused("承認しない理由を書いてください。本人に見えます。")
        self._decide(self.Status.REFUSED, "休暇の不承認", by, answer=answer.strip())

    @transaction.atomic
    def withdraw(self, *, by: User) -> None:
        """取り消す: one's own leave, also an approved one. Raises NotAllowed, Closed for a closed month, Conflict."""
        if by.pk != self.user_id:
            raise NotAllowed("取り消せるのは、申請した本人だけです。")
        MonthSheet.write(self.user, self.on)
        if not transition(self, self.Status.WITHDRAWN):
            raise Conflict("この休暇は、もう取り消したか、承認されませんでした。")
        record(self, "休暇の取消し", by=by, after={"状態": self.status})

    def _decide(self, to: str, act: str, by: User, **more: Any) -> None:
        if not self.sheet.can_approve(by):
            raise NotAllowed("休暇を決められるのは、部署の課長(課長の分は部長)です。自分の分は決められません。")
        MonthSheet.write(self.user, self.on)
        if not transition(self, to, decided_by=by, **more):
            raise Conflict("この休暇は、もう決まっています。")
        record(self, act, by=by, after={"状態": self.status}, reason=more.get("answer", ""))


class LeaveBalance(models.Model):
    """休暇の残り: what the municipality's own system said was left, on its day; nothing is reckoned here."""

    user = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="職員")
    kind = models.ForeignKey(LeaveKind, models.PROTECT, related_name="+", verbose_name="種類")
    left_minutes = models.PositiveIntegerField("残り(分)")
    as_of = models.DateField("現在の日")

    class Meta:
        verbose_name = "休暇の残り"
        ordering = ["-as_of", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["user", "kind", "as_of"], name="workforce_one_balance_a_day"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.left_minutes}分"
