"""Manual notices 電話・手紙の知らせ: news that no mail carries; a person calls or writes, and says so."""

from datetime import datetime, timedelta

from django.db import models, transaction

from todoke.accounts.models import User
from todoke.audit.log import record
from todoke.audit.transitions import stamp_once
from todoke.bookings.models import Booking
from todoke.bookings.permissions import MANAGE_BOOKINGS
from todoke.organization.models import Department
from todoke.runtime.refusals import Conflict, NotAllowed, Refused

KEPT_FOR = timedelta(days=90)
"""How long name, number and words stay after the person was told."""
KEPT_UNTOLD = timedelta(days=396)
"""How long they stay where nobody told the person: as long as names on bookings."""


class ManualNoticeQuerySet(models.QuerySet["ManualNotice"]):
    def visible_to(self, user: User) -> "ManualNoticeQuerySet":
        """Notices of the sections whose bookings the person receives today."""
        return self.filter(department__in=[each.pk for each in MANAGE_BOOKINGS.departments_of(user)])

    def waiting(self) -> "ManualNoticeQuerySet":
        """Notices that nobody gave yet."""
        return self.filter(told_at=None)

    def erase_old(self, now: datetime) -> int:
        """Erase name, number and words of what was told long ago, or never; the count, the way and who told it stay."""
        old = models.Q(told_at__lt=now - KEPT_FOR) | models.Q(written_at__lt=now - KEPT_UNTOLD)
        return self.filter(old).exclude(body="").update(name="", phone="", body="")


class ManualNotice(models.Model):
    """電話・手紙の知らせ: what a person without a mail address has to be told, by whom it was done and in which way."""

    class Way(models.TextChoices):
        PHONE = "phone", "電話"
        LETTER = "letter", "手紙"
        COUNTER = "counter", "窓口"

    department = models.ForeignKey(Department, models.PROTECT, related_name="+", verbose_name="担当部署")
    about = models.CharField("対象", max_length=120, db_index=True)
    booking = models.ForeignKey(Booking, models.PROTECT, null=True, related_name="manual_notices", verbose_name="予約")
    name = models.CharField("氏名・団体名", max_length=100, blank=True)
    phone = models.CharField("電話番号", max_length=20, blank=True)
    title = models.CharField("用件", max_length=300)
    body = models.TextField("伝える文", blank=True)
    written_at = models.DateTimeField("書いた日時", auto_now_add=True)
    way = models.CharField("知らせた方法", max_length=10, choices=Way, blank=True)
    told_at = models.DateTimeField("知らせた日時", null=True)
    told_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name="知らせた人")

    objects = ManualNoticeQuerySet.as_manager()

    class Meta:
        verbose_name = "電話・手紙の知らせ"
        ordering = ["written_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(told_at=None, told_by=None, way="")
                | (models.Q(told_at__isnull=False, told_by__isnull=False) & ~models.Q(way="")),
                name="reception_who_told_says_how",
            )
        ]

    def __str__(self) -> str:
        return f"{self.name} {self.title}"

    @transaction.atomic
    def note_told(self, way: str, *, by: User) -> None:
        """知らせた: note by which way the person was told; one audit entry.

        Raises NotAllowed outside the section, Refused without a way, Conflict where somebody told already.
        """
        if not MANAGE_BOOKINGS.held_by(by, self.department):
            raise NotAllowed("知らせたことを記録できるのは、担当部署の人だけです。")
        if way not in self.Way.values:
            raise Refused("電話、手紙、窓口のどれで知らせたかを選んでください。")
        if not stamp_once(self, "told_at", way=way, told_by=by):
            raise Conflict("この知らせは、ほかの人がもう済ませました。開き直して確かめてください。")
        record(self, "電話・手紙の知らせ", by=by, after={"方法": way})
