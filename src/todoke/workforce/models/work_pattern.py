"""Work patterns 勤務時間の割振り: dated versions of when a section works."""

from datetime import time
from typing import Any

from django.db import models, transaction
from django.db.models import Q

from todoke.accounts.models import User
from todoke.audit.immutable import ImmutableModel
from todoke.audit.log import record
from todoke.organization.models import Department
from todoke.runtime.refusals import Conflict, NotAllowed, Refused
from todoke.workforce.minute_spans import MinuteSpan
from todoke.workforce.overtime import DAY
from todoke.workforce.permissions import CLOSE_ATTENDANCE


def minute_of(moment: time) -> int:
    """Return a time of day as minutes from midnight."""
    return moment.hour * 60 + moment.minute


def span_of(start: time, end: time) -> MinuteSpan:
    """Return the span from a time to the next such time: an end at or before the start lies on the next day."""
    begins, ends = minute_of(start), minute_of(end)
    return begins, ends if ends > begins else ends + DAY


class WorkPattern(ImmutableModel):
    """勤務時間の割振り: hours and break of a kind of work day, from a day until the next version of it begins."""

    FROZEN, INSTEAD = "勤務時間の割振り", "次の版を、始まる日とともに登録してください。"

    title = models.CharField("名称", max_length=40, default="通常勤務")
    department = models.ForeignKey(
        Department, models.PROTECT, null=True, blank=True, verbose_name="部署", related_name="+"
    )
    valid_from = models.DateField("始まる日")
    starts = models.TimeField("始業")
    ends = models.TimeField("終業")
    rest_from = models.TimeField("休憩の始まり")
    rest_until = models.TimeField("休憩の終わり")
    week_minutes = models.PositiveIntegerField("1週間の勤務時間(分)", default=2325)
    usual = models.BooleanField("ふだんの勤務時間", default=True)
    source = models.CharField("根拠", max_length=200)

    class Meta:
        verbose_name = "勤務時間の割振り"
        ordering = ["title", "-valid_from"]
        constraints = [
            models.UniqueConstraint(
                fields=["department", "title", "valid_from"], name="workforce_one_pattern_version_a_section"
            ),
            models.UniqueConstraint(
                fields=["title", "valid_from"], condition=Q(department=None), name="workforce_one_pattern_version"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title} {self.starts:%H:%M}〜{self.ends:%H:%M}"

    @property
    def hours(self) -> MinuteSpan:
        """The hours of work in minutes; an end at or before the start lies on the next day."""
        return span_of(self.starts, self.ends)

    @property
    def rest(self) -> MinuteSpan:
        """The break in minutes, on the side of midnight on which the hours have it."""
        start, end = span_of(self.rest_from, self.rest_until)
        return (start + DAY, end + DAY) if start < self.hours[0] else (start, end)

    @property
    def minutes(self) -> int:
        """The minutes of work of a day, the break taken off."""
        (start, end), (rest_start, rest_end) = self.hours, self.rest
        return end - start - max(0, min(end, rest_end) - max(start, rest_start))

    @classmethod
    @transaction.atomic
    def establish(cls, *, by: User, **terms: Any) -> "WorkPattern":
        """Register a version. Raises NotAllowed, Refused for a break outside the hours, Conflict the second time."""
        if not CLOSE_ATTENDANCE.held_by(by):
            raise NotAllowed("勤務時間の割振りを登録できるのは、人事担当です。")
        made = cls(**terms)
        if not made.hours[0] <= made.rest[0] <= made.rest[1] <= made.hours[1]:
            raise Refused("休憩が勤務時間の外にあります。始業と終業の間の時刻にしてください。")
        known = cls.objects.filter(department=made.department, title=made.title, valid_from=made.valid_from)
        if known.exists():
            raise Conflict("同じ名称で、同じ日に始まる版があります。始まる日を変えてください。")
        made.save()
        record(
            made, "勤務時間の割振りの登録", by=by, after={"割振り": str(made), "始まる日": made.valid_from}, first=True
        )
        return made
