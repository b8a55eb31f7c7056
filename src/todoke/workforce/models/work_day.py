"""Work days 勤務日: what a person said of a day, and how its kind or its hours were arranged."""

from datetime import date
from typing import Any

from django.db import models, transaction
from django.db.models import Q

from todoke.accounts.models import User
from todoke.audit.log import record
from todoke.runtime.refusals import NotAllowed, Refused
from todoke.workforce.models.month_sheet import MonthSheet
from todoke.workforce.models.work_pattern import WorkPattern
from todoke.workforce.overtime import DayKind


class WorkDay(models.Model):
    """勤務日: what was said of a gap, another kind of day (振替), other hours; else the calendar says it all."""

    class Kind(models.TextChoices):
        WORKING = DayKind.WORKING.value, DayKind.WORKING.label
        WEEKLY_REST = DayKind.WEEKLY_REST.value, DayKind.WEEKLY_REST.label
        HOLIDAY = DayKind.HOLIDAY.value, DayKind.HOLIDAY.label

    sheet = models.ForeignKey(MonthSheet, models.PROTECT, related_name="days", verbose_name="月の出勤簿")
    user = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="職員")
    on = models.DateField("日付")
    kind = models.CharField("日の種類", max_length=12, choices=Kind, blank=True)
    pattern = models.ForeignKey(
        WorkPattern, models.PROTECT, null=True, related_name="+", verbose_name="この日の勤務時間"
    )
    moved_for = models.DateField("振り替えた日", null=True)
    gap_reason = models.CharField("乖離の説明", max_length=200, blank=True)

    class Meta:
        verbose_name = "勤務日"
        ordering = ["on"]
        constraints = [
            models.UniqueConstraint(fields=["user", "on"], name="workforce_one_work_day"),
            models.CheckConstraint(
                condition=Q(moved_for__isnull=True) | Q(kind="working"), name="workforce_a_moved_day_is_a_working_day"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user} {self.on}"

    @classmethod
    @transaction.atomic
    def explain(cls, on: date, reason: str, *, by: User) -> "WorkDay":
        """乖離を説明する: say why record and orders differ on one's own day. Raises Refused without words, Closed."""
        if not reason.strip():
            raise Refused("記録と命令がちがう理由を書いてください。例: 命令のない残りの片付け、私用で残っていた")
        return cls._write(by, on, "乖離の説明", by, gap_reason=reason.strip())

    @classmethod
    @transaction.atomic
    def arrange(
        cls, user: User, on: date, *, kind: str, pattern: WorkPattern | None, moved_for: date | None, by: User
    ) -> "WorkDay":
        """勤務を割り振る: make a day a working day or a day off, or give it other hours; never for oneself.

        Raises NotAllowed, Refused for a moved day that is no working day, Closed for a closed month.
        """
        if not MonthSheet.of(user, on).can_approve(by):
            raise NotAllowed("勤務日を割り振れるのは、部署の課長(課長の分は部長)です。")
        if moved_for is not None and kind != cls.Kind.WORKING:
            raise Refused("振り替えて勤務する日は、日の種類を「勤務日」にしてください。")
        return cls._write(user, on, "勤務日の割振り", by, kind=kind, pattern=pattern, moved_for=moved_for)

    @classmethod
    def _write(cls, user: User, on: date, act: str, by: User, **said: Any) -> "WorkDay":
        sheet = MonthSheet.write(user, on)
        first = {"sheet": sheet, **said}
        day, made = cls.objects.update_or_create(user=user, on=on, defaults=said, create_defaults=first)
        record(day, act, by=by, after={name: str(value) for name, value in said.items()}, first=made)
        return day
