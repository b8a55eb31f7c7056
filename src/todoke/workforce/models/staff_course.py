"""Staff courses 職員の研修: sessions with seats that the database counts, members of promotion first for some days."""

from datetime import date, datetime
from typing import ClassVar

from django.db import IntegrityError, models, transaction
from django.db.models import F, Q
from django.utils import timezone

from todoke.accounts.models import User
from todoke.audit.log import record
from todoke.audit.transitions import Transitions, compare_and_set, transition
from todoke.bookings.models import BookableUnit, Booking, BookingDetails
from todoke.bookings.slots import Span
from todoke.japanese.calendar import today
from todoke.runtime.refusals import Closed, Conflict, NotAllowed, Refused
from todoke.workforce.models.month_sheet import token
from todoke.workforce.models.promotion_member import PromotionMember
from todoke.workforce.permissions import KEEP_COURSES


def _require_permission(by: User) -> None:
    if not KEEP_COURSES.held_by(by):
        raise NotAllowed("研修を開き、出席を付けられるのは、推進本部の事務局と人事担当です。")


class StaffCourse(models.Model):
    """研修: what staff learn in it; its sessions are offered again and again."""

    code = models.SlugField("コード", max_length=40, unique=True)
    title = models.CharField("名称", max_length=100)
    purpose = models.CharField("目的", max_length=200)

    class Meta:
        verbose_name = "研修"
        ordering = ["code"]

    def __str__(self) -> str:
        return self.title

    @classmethod
    @transaction.atomic
    def register(cls, code: str, title: str, purpose: str, *, by: User) -> "StaffCourse":
        """Take a course into the list (登録). Raises NotAllowed, Conflict for a code that is there."""
        _require_permission(by)
        made, is_new = cls.objects.get_or_create(code=code, defaults={"title": title, "purpose": purpose})
        if not is_new:
            raise Conflict("このコードの研修は、もうあります。")
        record(made, "研修の登録", by=by, after={"名称": title}, first=True)
        return made

    @transaction.atomic
    def announce(
        self, span: Span, place: str, capacity: int, closes_at: datetime, *, members_until: date | None = None,
        unit: BookableUnit | None = None, by: User,
    ) -> "StaffCourseSession":  # fmt: skip
        """回を開く: in a room whose time is taken as a booking, where one is named.

        Raises NotAllowed, Refused for times in the wrong order or no seat, Taken for a room that is not free.
        """
        _require_permission(by)
        if not closes_at <= span.start < span.end or not capacity or not place.strip():
            raise Refused("締切より後の始まり、始まりより後の終わり、1人以上の定員、会場を入れてください。")
        booking = None
        if unit is not None:
            details = BookingDetails(unit.resource.department, unit, purpose=f"職員研修 {self.title}", people=capacity)
            booking = Booking.take(list(unit.parts.select_related("resource")), span, details, by=by)
        made = StaffCourseSession.objects.create(
            course=self, starts_at=span.start, ends_at=span.end, place=place.strip(), capacity=capacity,
            closes_at=closes_at, members_until=members_until, booking=booking,
        )  # fmt: skip
        record(made, "研修の回", by=by, after={"始まり": span.start, "定員": capacity}, first=True)
        return made


class StaffCourseSession(models.Model):
    """研修の回: one time of a course with so many seats; taken seats never exceed them."""

    token = models.CharField("番号", max_length=16, unique=True, default=token)
    course = models.ForeignKey(StaffCourse, models.PROTECT, related_name="sessions", verbose_name="研修")
    starts_at = models.DateTimeField("始まり")
    ends_at = models.DateTimeField("終わり")
    place = models.CharField("会場", max_length=100)
    capacity = models.PositiveIntegerField("定員")
    taken = models.PositiveIntegerField("埋まった席", default=0)
    closes_at = models.DateTimeField("申込みの締切")
    members_until = models.DateField("推進委員が先に申し込める日まで", null=True, blank=True)
    booking = models.ForeignKey(Booking, models.PROTECT, null=True, related_name="+", verbose_name="部屋の予約")

    class Meta:
        verbose_name = "研修の回"
        ordering = ["-starts_at", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(taken__lte=F("capacity")), name="workforce_a_session_is_not_overfull"),
            models.CheckConstraint(condition=Q(ends_at__gt=F("starts_at")), name="workforce_a_session_has_a_length"),
        ]

    def __str__(self) -> str:
        return f"{self.course} {timezone.localtime(self.starts_at):%Y-%m-%d}"

    @property
    def free(self) -> int:
        """How many seats are left."""
        return self.capacity - self.taken

    @property
    def minutes(self) -> int:
        """The length in minutes."""
        return int((self.ends_at - self.starts_at).total_seconds() // 60)

    @transaction.atomic
    def apply(self, *, by: User) -> "StaffEnrolment":
        """申し込む: take a seat where one is free, members of promotion first.

        Raises Closed after the closing time, Refused while seats are for members or none is left, Conflict.
        """
        if self.closes_at <= timezone.now():
            raise Closed("この回の申込みは締め切りました。")
        is_member = PromotionMember.objects.in_force().filter(user=by).exists()
        if self.members_until and today() <= self.members_until and not is_member:
            until = f"{self.members_until.month}月{self.members_until.day}日"
            raise Refused(
                f"{until}までは、デジタル化推進委員(職員)が先に申し込めます。その翌日から申し込んでください。"
            )
        try:
            with transaction.atomic():
                made = StaffEnrolment.objects.create(session=self, user=by)
        except IntegrityError as twice:
            raise Conflict("この回には、もう申し込んでいます。") from twice
        if not compare_and_set(self, {"taken__lt": F("capacity")}, taken=F("taken") + 1):
            raise Refused("満席です。ほかの回を選んでください。")
        record(made, "研修の申込み", by=by, first=True)
        return made


class StaffEnrolment(models.Model):
    """受講: one person in one session, from the application to what came of it."""

    class Status(models.TextChoices):
        APPLIED = "applied", "申込み"
        ATTENDED = "attended", "受講"
        ABSENT = "absent", "欠席"
        COMPLETED = "completed", "修了"
        WITHDRAWN = "withdrawn", "取消し"

    NEXT: ClassVar[Transitions] = {
        Status.APPLIED: frozenset({Status.ATTENDED, Status.ABSENT, Status.WITHDRAWN}),
        Status.ATTENDED: frozenset({Status.COMPLETED}),
        Status.ABSENT: frozenset(),
        Status.COMPLETED: frozenset(),
        Status.WITHDRAWN: frozenset(),
    }

    token = models.CharField("番号", max_length=16, unique=True, default=token)
    session = models.ForeignKey(StaffCourseSession, models.PROTECT, related_name="enrolments", verbose_name="回")
    user = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="職員")
    status = models.CharField("状態", max_length=10, choices=Status, default=Status.APPLIED)
    applied_at = models.DateTimeField("申込日時", default=timezone.now)

    class Meta:
        verbose_name = "受講"
        ordering = ["session", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["session", "user"], condition=~Q(status="withdrawn"), name="workforce_one_seat_a_person"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user} {self.get_status_display()}"

    @transaction.atomic
    def withdraw(self, *, by: User) -> None:
        """取り消す: give the seat back. Raises NotAllowed, Conflict when it was given back or noted."""
        if by.pk != self.user_id:
            raise NotAllowed("取り消せるのは、申し込んだ本人だけです。")
        if not transition(self, self.Status.WITHDRAWN):
            raise Conflict("この申込みは、もう取り消したか、出席を付けてあります。")
        StaffCourseSession.objects.filter(pk=self.session_id).update(taken=F("taken") - 1)
        record(self, "研修の申込みの取消し", by=by, after={"状態": self.status})

    @transaction.atomic
    def note(self, status: str, *, by: User) -> None:
        """出席を付ける: attended, absent or completed. Raises NotAllowed, Conflict where that cannot follow."""
        _require_permission(by)
        if status == self.Status.WITHDRAWN or not transition(self, status):
            raise Conflict("この申込みの状態は、もう変わっています。画面を開き直してください。")
        record(self, "研修の出席", by=by, after={"状態": self.status})
