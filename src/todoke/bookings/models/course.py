"""Courses 講座: classes for residents, first come or drawn; seats are counted by the database."""

import secrets
from datetime import datetime
from typing import ClassVar

from django.db import models, transaction
from django.db.models import Count, F, Q
from django.utils import timezone

from todoke.accounts.actors import Actor
from todoke.accounts.models import User
from todoke.audit.log import lock_subject, record
from todoke.audit.sequences import next_position
from todoke.audit.transitions import Transitions, compare_and_set, stamp_once, transition
from todoke.bookings.models.booking import Booking
from todoke.bookings.permissions import MANAGE_BOOKINGS
from todoke.bookings.slots import Span
from todoke.organization.models import Department
from todoke.runtime.refusals import Closed, Conflict, NotAllowed, Refused


class CourseQuerySet(models.QuerySet["Course"]):
    def visible_to(self, user: User) -> "CourseQuerySet":
        """Courses of the departments whose bookings the person receives today."""
        return self.filter(department__in=[each.pk for each in MANAGE_BOOKINGS.departments_of(user)])

    def open(self) -> "CourseQuerySet":
        """Courses that take enrolments now."""
        return self.filter(closes_at__gt=timezone.now())

    def with_waiting(self) -> "CourseQuerySet":
        """Courses with ``waiting``, how many enrolments wait for a seat."""
        return self.annotate(waiting=Count("enrolments", filter=Q(enrolments__status="waiting")))


class Course(models.Model):
    """講座: a class with so many seats; taken seats never exceed them."""

    code = models.SlugField("講座コード", max_length=40, unique=True)
    title = models.CharField("名称", max_length=100)
    department = models.ForeignKey(Department, models.PROTECT, related_name="+", verbose_name="担当部署")
    place = models.CharField("会場", max_length=100)
    starts_at = models.DateTimeField("始まり")
    ends_at = models.DateTimeField("終わり")
    capacity = models.PositiveIntegerField("定員")
    taken = models.PositiveIntegerField("埋まった席", default=0)
    closes_at = models.DateTimeField("申込みの締切")

    objects = CourseQuerySet.as_manager()

    class Meta:
        verbose_name = "講座"
        ordering = ["starts_at", "code"]
        constraints = [
            models.CheckConstraint(condition=Q(taken__lte=F("capacity")), name="bookings_a_course_is_not_overfull"),
            models.CheckConstraint(condition=Q(ends_at__gt=F("starts_at")), name="bookings_a_course_has_a_length"),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def span(self) -> Span:
        """The time of the class."""
        return Span(self.starts_at, self.ends_at)

    @property
    def free(self) -> int:
        """How many seats are left."""
        return self.capacity - self.taken

    @classmethod
    @transaction.atomic
    def announce(
        cls, department: Department, *, title: str, place: str, span: Span, capacity: int, closes_at: datetime, by: User
    ) -> "Course":
        """開講: begin to take enrolments; one audit entry.

        Raises NotAllowed, Refused where it closes after it begins, or begins in the past.
        """
        if not MANAGE_BOOKINGS.held_by(by, department):
            raise NotAllowed("講座を開けるのは、担当部署の人だけです。")
        if not timezone.now() < closes_at <= span.start < span.end or not capacity:
            raise Refused("これからの締切、それより後の始まり、始まりより後の終わり、1人以上の定員を入れてください。")
        made = cls.objects.create(
            code=secrets.token_hex(6), title=title, department=department, place=place, starts_at=span.start,
            ends_at=span.end, capacity=capacity, closes_at=closes_at,
        )  # fmt: skip
        record(made, "講座の開講", by=by, after={"定員": capacity, "締切": closes_at}, first=True)
        return made

    def take_seats(self, seats: int) -> bool:
        """Take seats where so many are free; False otherwise."""
        free = {"taken__lte": self.capacity - seats}
        return self.capacity >= seats and compare_and_set(self, free, taken=F("taken") + seats)

    @transaction.atomic
    def enrol(
        self, *, name: str, seats: int = 1, email: str = "", phone: str = "", needs: str = "", channel: str, by: Actor,
        form_key: str | None = None,
    ) -> "Enrolment":  # fmt: skip
        """受講申込: take seats while there are, else a place on the waiting list; all seats or none.

        A form that is sent twice is one enrolment. Raises Closed after the closing time, Refused without a name, a
        number of seats, or a way to be reached.
        """
        if form_key and (known := Enrolment.objects.filter(form_key=form_key).first()):
            return known
        if self.closes_at <= timezone.now():
            raise Closed("この講座の申込みは締め切りました。")
        if not name.strip() or not 1 <= seats <= 5 or not (email or phone):
            raise Refused("お名前、1から5までの席の数、メールアドレスか電話番号を入れてください。")
        got = self.take_seats(seats)
        position = 0 if got else next_position(self.enrolments.all(), self, "position")
        status = Enrolment.Status.CONFIRMED if got else Enrolment.Status.WAITING
        made = Enrolment.objects.create(
            course=self, contact_name=name.strip(), contact_email=email, contact_phone=phone, seats=seats, needs=needs,
            channel=channel, status=status, position=position, enrolled_at=timezone.now(),
            token=secrets.token_urlsafe(32), form_key=form_key or None,
        )  # fmt: skip
        record(made, "受講申込", by=by, after={"状態": status, "席": seats, "順": position}, first=True)
        return made


class EnrolmentQuerySet(models.QuerySet["Enrolment"]):
    def untold(self) -> "EnrolmentQuerySet":
        """Enrolments whose result nobody told yet: people without a mail address, by telephone or postcard."""
        return self.filter(told_at=None, status__in=["confirmed", "waiting"])

    def seated(self) -> "EnrolmentQuerySet":
        """Enrolments that have seats, whether they came already or not."""
        return self.filter(status__in=["confirmed", "attended", "absent"])


class Enrolment(models.Model):
    """受講申込: seats in a course, or a place in the line for them; paper and telephone like the internet."""

    class Status(models.TextChoices):
        CONFIRMED = "confirmed", "確定"
        WAITING = "waiting", "補欠"
        ATTENDED = "attended", "出席"
        ABSENT = "absent", "欠席"
        WITHDRAWN = "withdrawn", "辞退"

    NEXT: ClassVar[Transitions] = {
        Status.CONFIRMED: frozenset({Status.ATTENDED, Status.ABSENT, Status.WITHDRAWN}),
        Status.WAITING: frozenset({Status.CONFIRMED, Status.WITHDRAWN}),
        Status.ATTENDED: frozenset(),
        Status.ABSENT: frozenset(),
        Status.WITHDRAWN: frozenset(),
    }

    course = models.ForeignKey(Course, models.PROTECT, related_name="enrolments", verbose_name="講座")
    contact_name = models.CharField("氏名", max_length=100, blank=True)
    contact_email = models.EmailField("メールアドレス", blank=True)
    contact_phone = models.CharField("電話番号", max_length=20, blank=True)
    seats = models.PositiveSmallIntegerField("席")
    needs = models.CharField("配慮", max_length=200, blank=True)
    channel = models.CharField("受付の方法", max_length=10, choices=Booking.Channel)
    status = models.CharField("状態", max_length=10, choices=Status)
    position = models.PositiveIntegerField("補欠の順", default=0)
    enrolled_at = models.DateTimeField("申込日時")
    token = models.CharField("申込リンク", max_length=43, unique=True, null=True, editable=False)
    form_key = models.CharField("送信の鍵", max_length=43, null=True, unique=True)
    told_at = models.DateTimeField("結果を知らせた日時", null=True)
    reminded_at = models.DateTimeField("前日に知らせた日時", null=True)

    objects = EnrolmentQuerySet.as_manager()

    class Meta:
        verbose_name = "受講申込"
        ordering = ["course", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(seats__gte=1, seats__lte=5), name="bookings_an_enrolment_has_seats")
        ]

    def __str__(self) -> str:
        return f"{self.course} {self.get_status_display()}"

    @transaction.atomic
    def withdraw(self, *, by: Actor) -> "list[Enrolment]":
        """辞退: give the seats back; returns whoever moves up, in order. Raises Conflict the second time."""
        seated = self.status == self.Status.CONFIRMED
        if not transition(self, self.Status.WITHDRAWN):
            raise Conflict("この申込みは、すでに辞退したか、講座が終わっています。")
        record(self, "受講の辞退", by=by, after={"状態": self.status})
        if not seated:
            return []
        Course.objects.filter(pk=self.course_id).update(taken=F("taken") - self.seats)
        return self._move_up(by=by)

    def _move_up(self, *, by: Actor) -> "list[Enrolment]":
        lock_subject(f"bookings/course/{self.course_id}")
        course, moved = Course.objects.get(pk=self.course_id), []
        for each in course.enrolments.filter(status=self.Status.WAITING).order_by("position"):
            if not course.take_seats(each.seats):
                break
            if transition(each, self.Status.CONFIRMED, told_at=None):
                record(each, "補欠の繰上げ", by=by, after={"状態": each.status})
                moved.append(each)
        return moved

    @transaction.atomic
    def note_told(self, *, by: Actor) -> None:
        """お知らせ済み: note that the person was told the result, by mail, telephone or postcard; once."""
        if stamp_once(self, "told_at"):
            record(self, "受講の結果のお知らせ", by=by, after={"状態": self.status})

    @transaction.atomic
    def attend(self, *, came: bool, by: User) -> None:
        """出席・欠席: note whether the person came. Raises NotAllowed, Conflict when it was noted before."""
        if not MANAGE_BOOKINGS.held_by(by, self.course.department):
            raise NotAllowed("出席を付けられるのは、講座の担当部署の人だけです。")
        if not transition(self, self.Status.ATTENDED if came else self.Status.ABSENT):
            raise Conflict("この申込みは確定していないか、すでに出席を付けています。")
        record(self, "出席の確認", by=by, after={"状態": self.status})
