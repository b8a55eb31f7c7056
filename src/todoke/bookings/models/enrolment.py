"""Enrolments 受講申込: seats in a class, or a place in the line for them, from the form to the attendance."""

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, ClassVar

from django.db import models, transaction
from django.db.models import Q
from django.utils import timezone

from todoke.accounts.actors import Actor, System
from todoke.accounts.models import User
from todoke.audit.log import record
from todoke.audit.transitions import Transitions, stamp_once, transition
from todoke.bookings.models.booking import Booking
from todoke.bookings.permissions import MANAGE_BOOKINGS
from todoke.japanese.calendar import business_date, today
from todoke.runtime.refusals import Closed, Conflict, NotAllowed, NotYet, Refused

if TYPE_CHECKING:
    from todoke.bookings.models.course import Course  # noqa: F401 - so that the types of the models are read in this order

MOST_SEATS = 5


@dataclass(frozen=True)
class EnrolmentRequest:
    """受講の申込み: who, how many seats together, how the person is reached, and by which way it came."""

    name: str
    seats: int = 1
    email: str = ""
    phone: str = ""
    needs: str = ""
    age_band: str = ""
    channel: str = "online"
    form_key: str | None = None

    def require_sense(self) -> None:
        """Raises Refused without a name, a number of seats, or a way to be reached."""
        if not self.name.strip() or not 1 <= self.seats <= MOST_SEATS or not (self.email or self.phone):
            raise Refused("お名前、1から5までの席の数、メールアドレスか電話番号を入れてください。")


class EnrolmentQuerySet(models.QuerySet["Enrolment"]):
    def untold(self) -> "EnrolmentQuerySet":
        """Enrolments whose result nobody told yet: people without a mail address, by telephone or postcard."""
        return self.filter(told_at=None, status__in=["confirmed", "waiting", "lapsed"])

    def seated(self) -> "EnrolmentQuerySet":
        """Enrolments that have seats, whether they came already or not."""
        return self.filter(status__in=["confirmed", "attended", "absent"])

    def unanswered(self, now: datetime) -> "EnrolmentQuerySet":
        """Enrolments of guests who did not answer the mail in time."""
        return self.filter(status=Enrolment.Status.HELD, held_until__lte=now)


class Enrolment(models.Model):
    """受講申込: seats in a course, or a place in the line for them; paper and telephone like the internet."""

    class Status(models.TextChoices):
        HELD = "held", "メールの確認待ち"
        CONFIRMED = "confirmed", "確定"
        WAITING = "waiting", "補欠"
        ATTENDED = "attended", "出席"
        ABSENT = "absent", "欠席"
        WITHDRAWN = "withdrawn", "辞退"
        LAPSED = "lapsed", "期限切れ"

    class AgeBand(models.TextChoices):
        UNDER_40 = "under40", "39歳以下"
        UNDER_65 = "under65", "40歳から64歳"
        UNDER_75 = "under75", "65歳から74歳"
        FROM_75 = "from75", "75歳以上"

    NEXT: ClassVar[Transitions] = {
        Status.HELD: frozenset({Status.CONFIRMED, Status.WITHDRAWN, Status.LAPSED}),
        Status.CONFIRMED: frozenset({Status.ATTENDED, Status.ABSENT, Status.WITHDRAWN, Status.LAPSED}),
        Status.WAITING: frozenset({Status.CONFIRMED, Status.WITHDRAWN}),
        Status.ATTENDED: frozenset(),
        Status.ABSENT: frozenset(),
        Status.WITHDRAWN: frozenset(),
        Status.LAPSED: frozenset(),
    }

    course = models.ForeignKey("bookings.Course", models.PROTECT, related_name="enrolments", verbose_name="講座")
    contact_name = models.CharField("氏名", max_length=100, blank=True)
    contact_email = models.EmailField("メールアドレス", blank=True)
    contact_phone = models.CharField("電話番号", max_length=20, blank=True)
    seats = models.PositiveSmallIntegerField("席")
    needs = models.CharField("配慮", max_length=200, blank=True)
    age_band = models.CharField("年代", max_length=10, choices=AgeBand, blank=True)
    channel = models.CharField("受付の方法", max_length=10, choices=Booking.Channel)
    status = models.CharField("状態", max_length=10, choices=Status)
    held_until = models.DateTimeField("メールの確認の期限", null=True)
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
            models.CheckConstraint(condition=Q(seats__gte=1, seats__lte=5), name="bookings_an_enrolment_has_seats"),
            models.CheckConstraint(
                condition=~Q(status="held") | Q(held_until__isnull=False), name="bookings_an_unanswered_seat_has_an_end"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.course} {self.get_status_display()}"

    @transaction.atomic
    def confirm(self, *, by: Actor) -> None:
        """確定: the person answered the mail; again, it changes nothing. Raises Closed when the time is over."""
        if self.status == self.Status.CONFIRMED:
            return
        if not transition(self, self.Status.CONFIRMED, read={"held_until__gt": timezone.now()}, told_at=None):
            raise Closed("確かめる期限が過ぎたか、この申込みは終わっています。空いていれば、もう一度申し込めます。")
        record(self, "受講申込の確定", by=by, before={"状態": "held"}, after={"状態": self.status})

    @transaction.atomic
    def lapse(self, now: datetime) -> "list[Enrolment]":
        """期限切れ: end an enrolment whose mail nobody answered; returns whoever moves up."""
        if not transition(self, self.Status.LAPSED, read={"held_until__lte": now}):
            return []
        record(self, "受講申込の期限切れ", by=System(), before={"状態": "held"}, after={"状態": self.status})
        return self.course.return_seats(self.seats, by=System())

    @transaction.atomic
    def forfeit(self, *, reason: str) -> "list[Enrolment]":
        """失効: end certain seats whose fee did not come in time; returns whoever moves up. Raises Conflict."""
        if not transition(self, self.Status.LAPSED, told_at=None):
            raise Conflict("この申込みは、すでに終わっています。")
        record(
            self,
            "受講申込の失効",
            by=System(),
            before={"状態": "confirmed"},
            after={"状態": self.status},
            reason=reason,
        )
        return self.course.return_seats(self.seats, by=System())

    @transaction.atomic
    def withdraw(self, *, by: Actor) -> "list[Enrolment]":
        """辞退: give the seats back; returns whoever moves up, in order. Raises Conflict the second time."""
        seated = self.status in {self.Status.CONFIRMED, self.Status.HELD}
        if not transition(self, self.Status.WITHDRAWN):
            raise Conflict("この申込みは、すでに辞退したか、講座が終わっています。")
        record(self, "受講の辞退", by=by, after={"状態": self.status})
        return self.course.return_seats(self.seats, by=by) if seated else []

    @transaction.atomic
    def note_told(self, *, by: Actor) -> None:
        """お知らせ済み: note that the person was told the result, by mail, telephone or postcard; once."""
        if stamp_once(self, "told_at"):
            record(self, "受講の結果のお知らせ", by=by, after={"状態": self.status})

    @transaction.atomic
    def attend(self, *, came: bool, by: User) -> None:
        """出席・欠席: note whether the person came, from the day of the class on.

        Raises NotAllowed, NotYet before that day, Conflict when it was noted before.
        """
        if not MANAGE_BOOKINGS.held_by(by, self.course.department):
            raise NotAllowed("出席を付けられるのは、講座の担当部署の人だけです。")
        if today() < business_date(self.course.starts_at):
            raise NotYet("出席は、講座の当日から付けられます。来られないと聞いたときは、辞退を記録してください。")
        if not transition(self, self.Status.ATTENDED if came else self.Status.ABSENT):
            raise Conflict("この申込みは確定していないか、すでに出席を付けています。")
        record(self, "出席の確認", by=by, after={"状態": self.status})
