"""Month closes 月次締め: what was handed to the municipality's own system, by section and month, with its hash."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from todoke.accounts.actors import Actor, user_of
from todoke.accounts.models import User
from todoke.audit.transitions import Transitions
from todoke.organization.models import Department
from todoke.runtime.refusals import NotAllowed
from todoke.workforce.models.month_sheet import token
from todoke.workforce.permissions import CLOSE_ATTENDANCE


class MonthCloseQuerySet(models.QuerySet["MonthClose"]):
    def visible_to(self, user: User) -> "MonthCloseQuerySet":
        """All for personnel, nothing for anybody else."""
        return self if CLOSE_ATTENDANCE.held_by(user) else self.none()


class MonthClose(models.Model):
    """月次締め: one close of a section's month with its file; after a reopening the next one has the next number."""

    class Status(models.TextChoices):
        CLOSED = "closed", "締め"
        REOPENED = "reopened", "再開"

    NEXT: ClassVar[Transitions] = {
        Status.CLOSED: frozenset({Status.REOPENED}),
        Status.REOPENED: frozenset(),
    }

    token = models.CharField("番号", max_length=16, unique=True, default=token)
    department = models.ForeignKey(Department, models.PROTECT, related_name="+", verbose_name="部署")
    month = models.DateField("月の初日")
    number = models.PositiveSmallIntegerField("回")
    status = models.CharField("状態", max_length=10, choices=Status, default=Status.CLOSED)
    people = models.PositiveIntegerField("人数")
    content = models.TextField("締めのファイル")
    file_hash = models.CharField("ファイルの照合値", max_length=64)
    closed_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="締めた人")
    closed_at = models.DateTimeField("締めた日時", auto_now_add=True)
    reopen_reason = models.CharField("再開の理由", max_length=200, blank=True)

    objects = MonthCloseQuerySet.as_manager()

    class Meta:
        verbose_name = "月次締め"
        ordering = ["-month", "department__code", "-number"]
        constraints = [
            models.UniqueConstraint(
                fields=["department", "month"], condition=Q(status="closed"), name="workforce_one_current_close"
            ),
            models.UniqueConstraint(fields=["department", "month", "number"], name="workforce_closes_are_numbered"),
            models.CheckConstraint(
                condition=~Q(status="reopened") | ~Q(reopen_reason=""), name="workforce_a_reopening_says_why"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.department} {self.month.year}年{self.month.month}月 第{self.number}回"

    def require_taking(self, *, by: Actor) -> None:
        """Raises NotAllowed unless the person closes months today."""
        user = user_of(by)
        if user is None or not CLOSE_ATTENDANCE.held_by(user):
            raise NotAllowed("締めのファイルを取り出せるのは、人事担当です。")
