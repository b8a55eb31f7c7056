"""Courses 講座: classes for residents, first come or drawn; seats are counted by the database."""

import secrets
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import models, transaction
from django.db.models import Count, F, Q
from django.utils import timezone

from todoke.accounts.actors import Actor
from todoke.accounts.models import User
from todoke.audit.log import lock_subject, record
from todoke.audit.sequences import next_position
from todoke.audit.transitions import compare_and_set, transition
from todoke.bookings.models.enrolment import Enrolment, EnrolmentRequest
from todoke.bookings.permissions import MANAGE_BOOKINGS
from todoke.bookings.slots import Span
from todoke.japanese.calendar import business_date, today
from todoke.organization.models import Department
from todoke.runtime.refusals import Closed, NotAllowed, Refused

DAYS_TO_PAY = timedelta(days=3)
"""What whoever gets a seat late has at least to pay its fee, unless the class is sooner."""


@dataclass(frozen=True)
class CourseFee:
    """受講料の定め: yen a seat, and until when a withdrawal gives it back whole."""

    yen: int = 0
    refund_until: date | None = None


FREE = CourseFee()


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
    fee_yen = models.PositiveIntegerField("受講料", default=0, help_text="円、1人あたり")
    refund_until = models.DateField("受講料を返す期限", null=True, blank=True, help_text="この日までの辞退で全額")

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
    def fee_due_on(self) -> date:
        """The day to pay a fee by: the closing day, later ``DAYS_TO_PAY`` from now, at most the day of the class."""
        term = max(business_date(self.closes_at), today() + DAYS_TO_PAY)
        return min(term, business_date(self.starts_at))

    @property
    def free(self) -> int:
        """How many seats are left."""
        return self.capacity - self.taken

    @classmethod
    @transaction.atomic
    def announce(
        cls, department: Department, *, title: str, place: str, span: Span, capacity: int, closes_at: datetime,
        fee: CourseFee = FREE, by: User,
    ) -> "Course":  # fmt: skip
        """開講: begin to take enrolments; one audit entry.

        Raises NotAllowed, Refused where it closes after it begins, begins in the past, or gives a fee back later.
        """
        if not MANAGE_BOOKINGS.held_by(by, department):
            raise NotAllowed("講座を開けるのは、担当部署の人だけです。")
        if not timezone.now() < closes_at <= span.start < span.end or not capacity:
            raise Refused("これからの締切、それより後の始まり、始まりより後の終わり、1人以上の定員を入れてください。")
        if fee.refund_until and fee.refund_until > business_date(span.start):
            raise Refused("受講料を返す期限は、講座の日までの日にしてください。")
        made = cls.objects.create(
            code=secrets.token_hex(6), title=title, department=department, place=place, starts_at=span.start,
            ends_at=span.end, capacity=capacity, closes_at=closes_at, fee_yen=fee.yen, refund_until=fee.refund_until,
        )  # fmt: skip
        facts = {"定員": capacity, "締切": closes_at, "受講料": fee.yen}
        record(made, "講座の開講", by=by, after=facts, first=True)
        return made

    def take_seats(self, seats: int) -> bool:
        """Take seats where so many are free; False otherwise."""
        free = {"taken__lte": self.capacity - seats}
        return self.capacity >= seats and compare_and_set(self, free, taken=F("taken") + seats)

    @transaction.atomic
    def enrol(self, wanted: EnrolmentRequest, *, until: datetime | None = None, by: Actor) -> Enrolment:
        """受講申込: take seats while there are, else a place on the waiting list; all seats or none.

        Seats are kept ``until`` an instant for a guest who has to answer a mail. A form that is sent twice is one
        enrolment. Raises Closed after the closing time, Refused for an incomplete request.
        """
        if wanted.form_key and (known := Enrolment.objects.filter(form_key=wanted.form_key).first()):
            return known
        if self.closes_at <= timezone.now():
            raise Closed("この講座の申込みは締め切りました。")
        wanted.require_sense()
        got = self.take_seats(wanted.seats)
        position = 0 if got else next_position(self.enrolments.all(), self, "position")
        seated = Enrolment.Status.CONFIRMED if until is None else Enrolment.Status.HELD
        made = Enrolment.objects.create(
            course=self, contact_name=wanted.name.strip(), contact_email=wanted.email, contact_phone=wanted.phone,
            seats=wanted.seats, needs=wanted.needs, age_band=wanted.age_band, channel=wanted.channel,
            status=seated if got else Enrolment.Status.WAITING, held_until=until if got else None, position=position,
            enrolled_at=timezone.now(), token=secrets.token_urlsafe(32), form_key=wanted.form_key or None,
        )  # fmt: skip
        facts = {"状態": made.status, "席": made.seats, "順": position}
        record(made, "受講申込", by=by, after=facts, first=True)
        return made

    @transaction.atomic
    def return_seats(self, seats: int, *, by: Actor) -> list[Enrolment]:
        """Give seats back to whoever waits first; returns those who move up, in order."""
        Course.objects.filter(pk=self.pk).update(taken=F("taken") - seats)
        lock_subject(f"bookings/course/{self.pk}")
        course, moved = Course.objects.get(pk=self.pk), []
        for each in course.enrolments.filter(status=Enrolment.Status.WAITING).order_by("position"):
            if not course.take_seats(each.seats):
                break
            if transition(each, Enrolment.Status.CONFIRMED, told_at=None):
                record(each, "補欠の繰上げ", by=by, after={"状態": each.status})
                moved.append(each)
        return moved
