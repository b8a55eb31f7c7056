"""Help desk スマホよろず相談: national volunteers, sessions, and what was asked; no resident is named anywhere."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db import models, transaction
from django.db.models import F, Q
from django.utils import timezone

from todoke.accounts.models import User
from todoke.audit.log import record
from todoke.bookings.models import BookableUnit, Booking, BookingDetails, Resource, ResourcePart
from todoke.bookings.slots import Span
from todoke.organization.models import Department
from todoke.procedures.models import Procedure
from todoke.runtime.refusals import NotAllowed, Refused
from todoke.workforce.models.month_sheet import token
from todoke.workforce.permissions import KEEP_HELP_DESK


@dataclass(frozen=True)
class HelpSeats:
    """相談の席: how many people are helped at once, and for how many minutes each; none means without a booking."""

    count: int = 0
    minutes: int = 20


WITHOUT_BOOKING = HelpSeats()


def _require(by: User, department: Department) -> None:
    if not KEEP_HELP_DESK.held_by(by, department):
        raise NotAllowed("相談会を開き、記録できるのは、担当部署の人だけです。")


class DigitalHelper(models.Model):
    """デジタル推進委員(国・協力者): a volunteer whom the State appointed; never a user and without any right here."""

    token = models.CharField("番号", max_length=16, unique=True, default=token)
    name = models.CharField("氏名", max_length=100)
    organisation = models.CharField("所属", max_length=100, blank=True)
    appointed_on = models.DateField("任命の日")
    until = models.DateField("任期の終わり", null=True, blank=True)
    badge_url = models.URLField("オープンバッジのアドレス", max_length=300, blank=True)
    languages = models.CharField("話せる言語", max_length=100, blank=True)
    topics = models.CharField("教えられること", max_length=200, blank=True)
    consented_on = models.DateField("連絡の同意の日", null=True, blank=True)

    class Meta:
        verbose_name = "デジタル推進委員(国・協力者)"
        ordering = ["name", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(until__gte=F("appointed_on")), name="workforce_a_helper_has_days"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @classmethod
    @transaction.atomic
    def register(cls, *, by: User, **terms: Any) -> "DigitalHelper":
        """Take a volunteer into the register. Raises NotAllowed, Refused for a badge address that is not https."""
        if not KEEP_HELP_DESK.held_by(by) and not KEEP_HELP_DESK.departments_of(by):
            raise NotAllowed("協力者を登録できるのは、担当部署の人だけです。")
        made = cls(**terms)
        if made.badge_url and not made.badge_url.startswith("https://"):
            raise Refused("バッジのアドレスは https:// で始まるものにしてください。")
        made.save()
        record(made, "協力者の登録", by=by, after={"任命の日": made.appointed_on}, first=True)
        return made


class HelpSessionQuerySet(models.QuerySet["HelpSession"]):
    def coming(self) -> "HelpSessionQuerySet":
        """Sessions that are not over, the next first."""
        return self.filter(ends_at__gt=timezone.now()).order_by("starts_at", "pk")

    def of_booking(self, booking: Booking) -> "HelpSession | None":
        """Return the session at which a booking has a seat."""
        return self.filter(desk__parts__allocations__booking=booking).select_related("department").first()


class HelpSession(models.Model):
    """相談会: a time and a place at which people are helped with their phones."""

    token = models.CharField("番号", max_length=16, unique=True, default=token)
    department = models.ForeignKey(Department, models.PROTECT, related_name="+", verbose_name="担当部署")
    title = models.CharField("名称", max_length=100, default="スマホよろず相談")
    place = models.CharField("会場", max_length=100)
    starts_at = models.DateTimeField("始まり")
    ends_at = models.DateTimeField("終わり")
    booking = models.ForeignKey(Booking, models.PROTECT, null=True, related_name="+", verbose_name="部屋の予約")
    desk = models.OneToOneField(
        Resource, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="相談の席"
    )
    helpers = models.ManyToManyField(DigitalHelper, blank=True, related_name="sessions", verbose_name="協力者")

    objects = HelpSessionQuerySet.as_manager()

    class Meta:
        verbose_name = "相談会"
        ordering = ["-starts_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_at__gt=F("starts_at")), name="workforce_a_help_session_has_a_length"
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @classmethod
    @transaction.atomic
    def open(
        cls, department: Department, span: Span, place: str, *, by: User, title: str = "スマホよろず相談",
        unit: BookableUnit | None = None, helpers: Iterable[DigitalHelper] = (), seats: HelpSeats = WITHOUT_BOOKING,
    ) -> "HelpSession":  # fmt: skip
        """相談会を開く: in a room that is booked, where one is named, with seats to be booked, if any.

        Raises NotAllowed, Refused for times in the wrong order, Taken for a room that is not free.
        """
        _require(by, department)
        if span.end <= span.start or not place.strip():
            raise Refused("始まりより後の終わりと、会場を入れてください。")
        booking = None
        if unit is not None:
            details = BookingDetails(unit.resource.department, unit, purpose=title)
            booking = Booking.take(list(unit.parts.select_related("resource")), span, details, by=by)
        made = cls.objects.create(
            department=department, title=title, place=place.strip(), starts_at=span.start, ends_at=span.end,
            booking=booking,
        )  # fmt: skip
        made.helpers.set(helpers)
        if seats.count:
            made.offer_seats(seats)
        record(made, "相談会", by=by, after={"始まり": span.start, "会場": place}, first=True)
        return made

    def offer_seats(self, seats: HelpSeats) -> None:
        """Let people book a time at a seat (相談の席); called once, while the session is opened.

        Raises Refused for a length that does not fit in.
        """
        if not 5 <= seats.minutes <= (self.ends_at - self.starts_at).total_seconds() // 60:
            raise Refused("一人の時間は、5分から、相談会の長さまでにしてください。")
        self.desk = Resource.objects.create(
            code=f"help-{self.token}", name=self.title, kind=Resource.Kind.ROOM, department=self.department,
            address=self.place, grid_minutes=seats.minutes,
        )  # fmt: skip
        ResourcePart.objects.bulk_create(
            ResourcePart(resource=self.desk, code=f"{n}", name=f"席{n}") for n in range(1, seats.count + 1)
        )
        self.save(update_fields=["desk"])

    @transaction.atomic
    def note(
        self, topic: str, minutes: int, *, solved: bool, by: User, procedure: Procedure | None = None
    ) -> "HelpRecord":
        """記録する: what was asked, without a name. Raises NotAllowed, Refused for an unknown topic or no minute."""
        _require(by, self.department)
        if topic not in HelpRecord.Topic.values or not 1 <= minutes <= 480:
            raise Refused("相談の種類を選び、1分から480分までの時間を入れてください。")
        made = HelpRecord.objects.create(
            session=self, topic=topic, minutes=minutes, is_solved=solved, procedure=procedure
        )
        record(self, "相談の記録", by=by, after={"種類": topic, "分": minutes, "解決": solved})
        return made


class HelpRecord(models.Model):
    """相談: one question at a session, its topic and procedure; never who asked."""

    class Topic(models.TextChoices):
        BASICS = "basics", "スマートフォンの使い方"
        CARD = "card", "マイナンバーカード"
        PROCEDURE = "procedure", "オンライン手続"
        PAYMENT = "payment", "キャッシュレス"
        SAFETY = "safety", "詐欺・安全"
        OTHER = "other", "その他"

    session = models.ForeignKey(HelpSession, models.PROTECT, related_name="records", verbose_name="相談会")
    topic = models.CharField("種類", max_length=10, choices=Topic)
    procedure = models.ForeignKey(
        Procedure, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="手続"
    )
    minutes = models.PositiveSmallIntegerField("分")
    is_solved = models.BooleanField("解決した")

    class Meta:
        verbose_name = "相談"
        ordering = ["session", "pk"]

    def __str__(self) -> str:
        return self.get_topic_display()
