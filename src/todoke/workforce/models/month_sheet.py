"""Month sheets 月の出勤簿: how far a person's month has come; whoever writes into a month passes by its sheet."""

import secrets
from datetime import date, timedelta
from typing import ClassVar

from django.db import models, transaction
from django.db.models import F, Q

from todoke.accounts.models import User
from todoke.audit.transitions import Transitions, compare_and_set
from todoke.japanese.calendar import today
from todoke.organization.models import Department
from todoke.runtime.links import path_to
from todoke.runtime.refusals import Closed
from todoke.workforce.permissions import APPROVE_ATTENDANCE, CLOSE_ATTENDANCE
from todoke.workforce.section_members import section_of

_ONE_DAY, _FOUR_DAYS = timedelta(days=1), timedelta(days=4)


def token() -> str:
    """Return a public identifier that nobody guesses."""
    return secrets.token_hex(8)


class MonthSheetQuerySet(models.QuerySet["MonthSheet"]):
    def visible_to(self, user: User) -> "MonthSheetQuerySet":
        """A person's own sheets, those of the sections that they approve, all for personnel."""
        if CLOSE_ATTENDANCE.held_by(user):
            return self
        sections = [each.pk for each in APPROVE_ATTENDANCE.departments_of(user)]
        return self.filter(Q(user=user) | Q(department__in=sections))

    def waiting_for(self, user: User) -> "MonthSheetQuerySet":
        """Confirmed sheets that a person may approve, never their own."""
        sections = [each.pk for each in APPROVE_ATTENDANCE.departments_of(user)]
        return self.filter(status=MonthSheet.Status.CONFIRMED, department__in=sections).exclude(user=user)


class MonthSheet(models.Model):
    """月の出勤簿: a person's month from the record to the close; any change before the close takes both seals back."""

    class Status(models.TextChoices):
        OPEN = "open", "記入中"
        CONFIRMED = "confirmed", "本人確認"
        APPROVED = "approved", "所属長承認"
        CLOSED = "closed", "締め"

    NEXT: ClassVar[Transitions] = {
        Status.OPEN: frozenset({Status.CONFIRMED}),
        Status.CONFIRMED: frozenset({Status.OPEN, Status.APPROVED}),
        Status.APPROVED: frozenset({Status.OPEN, Status.CLOSED}),
        Status.CLOSED: frozenset({Status.OPEN}),
    }

    token = models.CharField("番号", max_length=16, unique=True, default=token)
    user = models.ForeignKey(User, models.PROTECT, related_name="month_sheets", verbose_name="職員")
    department = models.ForeignKey(Department, models.PROTECT, related_name="+", verbose_name="部署")
    month = models.DateField("月の初日")
    status = models.CharField("状態", max_length=10, choices=Status, default=Status.OPEN)
    revision = models.PositiveIntegerField("書かれた回数", default=0)
    confirmed_at = models.DateTimeField("本人確認の日時", null=True)
    approved_at = models.DateTimeField("所属長承認の日時", null=True)
    approved_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name="承認した人")
    return_reason = models.CharField("差戻しの理由", max_length=200, blank=True)
    overtime_minutes = models.PositiveIntegerField("時間外(休日を除く、分)", null=True)
    overtime_with_holidays = models.PositiveIntegerField("時間外(休日を含む、分)", null=True)

    objects = MonthSheetQuerySet.as_manager()

    class Meta:
        verbose_name = "月の出勤簿"
        ordering = ["-month", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["user", "month"], name="workforce_one_sheet_a_month"),
            models.CheckConstraint(condition=Q(month__day=1), name="workforce_a_month_begins_on_the_first"),
            models.CheckConstraint(
                condition=Q(approved_by__isnull=True) | ~Q(approved_by=F("user")), name="workforce_no_own_approval"
            ),
            models.CheckConstraint(
                condition=~Q(status__in=["approved", "closed"]) | Q(approved_by__isnull=False),
                name="workforce_approved_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user} {self.month.year}年{self.month.month}月"

    @classmethod
    def of(cls, user: User, on: date) -> "MonthSheet":
        """Return the sheet of the month of a day, made where there is none. Raises NotAllowed without a post."""
        month = on.replace(day=1)
        known = cls.objects.filter(user=user, month=month).select_related("department", "user").first()
        if known is None:
            known, _ = cls.objects.get_or_create(user=user, month=month, defaults={"department": section_of(user, on)})
        return known

    @classmethod
    @transaction.atomic
    def write(cls, user: User, on: date) -> "MonthSheet":
        """Open a person's month for a change that follows in this transaction, and hold its row until the end of it.

        What the person and the chief had sealed is open again. Raises Closed for a closed month.
        """
        sheet = cls.of(user, on)
        opened = {"status": cls.Status.OPEN, "confirmed_at": None, "approved_at": None, "approved_by": None}
        if not compare_and_set(sheet, {"status__in": _WRITABLE}, revision=F("revision") + 1, **opened):
            said = f"{sheet.month.year}年{sheet.month.month}月は締めました。人事担当が再開すると変えられます。"
            raise Closed(said, link=path_to("office:timesheet", sheet.token))
        return sheet

    @property
    def last_day(self) -> date:
        """The last day of the month."""
        following = (self.month.replace(day=28) + _FOUR_DAYS).replace(day=1)
        return following - _ONE_DAY

    @property
    def is_over(self) -> bool:
        """Whether the last day has come."""
        return today() >= self.last_day

    def can_approve(self, user: User) -> bool:
        """Whether a person may approve this month: the chief of the section, or the director above; never their own."""
        return user.pk != self.user_id and APPROVE_ATTENDANCE.held_by(user, self.department)


_WRITABLE = [MonthSheet.Status.OPEN, MonthSheet.Status.CONFIRMED, MonthSheet.Status.APPROVED]
