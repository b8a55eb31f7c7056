"""Visits 来庁予約: for which purposes the office receives people, when, and who comes with which needs."""

from datetime import date
from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from todoke.accounts.models import User
from todoke.bookings.models import Booking
from todoke.bookings.permissions import MANAGE_BOOKINGS
from todoke.cases.models import Case
from todoke.organization.models import Department
from todoke.places.opening_hours import WEEKDAYS


class VisitPurpose(models.Model):
    """来庁の目的: what people come for, how long it takes, by which ways, and how many office days ahead."""

    code = models.SlugField("目的コード", max_length=40, unique=True)
    title = models.CharField("名称", max_length=60)
    department = models.ForeignKey(Department, models.PROTECT, related_name="+", verbose_name="担当部署")
    minutes = models.PositiveSmallIntegerField("所要時間(分)", default=30)
    modes = models.CharField("方法", max_length=60, default="desk", help_text="desk video phone home を空白で区切る")
    lead_days = models.PositiveSmallIntegerField("何開庁日前まで", default=1)
    papers = models.CharField("持ち物", max_length=300, blank=True)
    ended_on = models.DateField("受付の終わり", null=True, blank=True)

    class Meta:
        verbose_name = "来庁の目的"
        ordering = ["code"]
        constraints = [models.CheckConstraint(condition=Q(minutes__gt=0), name="reception_a_purpose_takes_time")]

    def __str__(self) -> str:
        return self.title


class AvailabilityPeriod(models.Model):
    """受付枠: on which weekday, from when until when, the office receives people for some purposes."""

    department = models.ForeignKey(Department, models.PROTECT, related_name="+", verbose_name="担当部署")
    purposes = models.ManyToManyField(VisitPurpose, related_name="periods", verbose_name="来庁の目的")
    weekday = models.PositiveSmallIntegerField("曜日", help_text="月曜日が0、日曜日が6")
    opens = models.TimeField("始まり")
    closes = models.TimeField("終わり")
    grid_minutes = models.PositiveSmallIntegerField("刻み(分)", default=30)
    starts_on = models.DateField("適用の始まり")
    ends_on = models.DateField("適用の終わり", null=True, blank=True)

    class Meta:
        verbose_name = "受付枠"
        ordering = ["department", "weekday", "opens"]
        constraints = [
            models.CheckConstraint(condition=Q(closes__gt=F("opens")), name="reception_a_period_closes_later"),
            models.CheckConstraint(condition=Q(grid_minutes__gt=0), name="reception_a_period_has_a_grid"),
        ]

    def __str__(self) -> str:
        return f"{self.department} {self.opens:%H:%M}~{self.closes:%H:%M}"

    @property
    def weekday_name(self) -> str:
        """The weekday as one letter: 月."""
        return WEEKDAYS[self.weekday]

    def holds_on(self, day: date) -> bool:
        """Whether the period is in force on a day."""
        return self.weekday == day.weekday() and self.starts_on <= day and (self.ends_on is None or day <= self.ends_on)


class VisitQuerySet(models.QuerySet["Visit"]):
    def visible_to(self, user: User) -> "VisitQuerySet":
        """Visits to the departments whose bookings the person receives today."""
        return self.filter(booking__department__in=[each.pk for each in MANAGE_BOOKINGS.departments_of(user)])


class Visit(models.Model):
    """来庁予約: a booked visit, call or video meeting; officer, interpreter and room are allocations of its booking."""

    class Mode(models.TextChoices):
        DESK = "desk", "来庁"
        VIDEO = "video", "オンライン"
        PHONE = "phone", "電話"
        HOME = "home", "訪問"

    VIDEO_OPENS_MINUTES: ClassVar = 15

    booking = models.OneToOneField(Booking, models.PROTECT, related_name="visit", verbose_name="予約")
    purpose = models.ForeignKey(VisitPurpose, models.PROTECT, related_name="visits", verbose_name="来庁の目的")
    mode = models.CharField("方法", max_length=10, choices=Mode)
    language = models.CharField("通訳", max_length=30, blank=True)
    wheelchair = models.BooleanField("車いす", default=False)
    writing = models.BooleanField("筆談", default=False)
    case = models.ForeignKey(Case, models.SET_NULL, null=True, blank=True, related_name="visits", verbose_name="案件")
    sealed_room = models.TextField("オンラインの部屋(封をした値)", blank=True)

    objects = VisitQuerySet.as_manager()

    class Meta:
        verbose_name = "来庁予約"
        ordering = ["booking__starts_at", "pk"]

    def __str__(self) -> str:
        return f"{self.purpose} {self.get_mode_display()}"


class BookingReminder(models.Model):
    """予約のお知らせ: one reminder of a booking of one kind was written; the row makes sure that it is one."""

    class Kind(models.TextChoices):
        DAY_BEFORE = "day", "前の開庁日"
        HOUR_BEFORE = "hour", "1時間前"

    booking = models.ForeignKey(Booking, models.CASCADE, related_name="reminders", verbose_name="予約")
    kind = models.CharField("種類", max_length=10, choices=Kind)
    starts_at = models.DateTimeField("知らせた始まり")
    written_at = models.DateTimeField("書いた日時", auto_now_add=True)

    class Meta:
        verbose_name = "予約のお知らせ"
        ordering = ["booking", "kind"]
        constraints = [
            models.UniqueConstraint(fields=["booking", "kind", "starts_at"], name="reception_each_reminder_once")
        ]

    def __str__(self) -> str:
        return f"{self.booking.number} {self.get_kind_display()}"
