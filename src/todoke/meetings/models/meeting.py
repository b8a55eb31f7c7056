"""Meetings 会議 of bodies 会議体: agenda and attendance by post."""

from datetime import date, time
from typing import ClassVar

from django.db import models, transaction
from django.db.models import OuterRef, Q, Subquery, Value
from django.db.models.functions import Coalesce

from todoke.accounts.actors import Actor
from todoke.accounts.models import User
from todoke.audit.log import record
from todoke.audit.sequences import next_position
from todoke.audit.transitions import Transitions, can_transition, compare_and_set, transition
from todoke.japanese.calendar import today
from todoke.meetings.permissions import PREPARE_MEETING, TAKE_CLOSED_DOCUMENT
from todoke.meetings.signals import planned
from todoke.organization.models import Department, Post, Tenure
from todoke.runtime.links import path_to
from todoke.runtime.refusals import Refused

BEYOND = 100_000


class Body(models.Model):
    """会議体: a headquarters, committee or project team with regular meetings."""

    code = models.SlugField("記号", max_length=20, unique=True)
    name = models.CharField("名称", max_length=100, unique=True)
    members = models.ManyToManyField(Post, related_name="bodies", verbose_name="構成員の職位", blank=True)

    class Meta:
        verbose_name = "会議体"
        ordering = ["code"]

    def __str__(self) -> str:
        return self.name


class MeetingQuerySet(models.QuerySet["Meeting"]):
    def planned(self) -> "MeetingQuerySet":
        """Meetings that have not taken place yet."""
        return self.filter(status=Meeting.Status.PLANNED)

    def after(self, meeting: "Meeting") -> "MeetingQuerySet":
        """Later meetings of the same body, the next one first."""
        later = Q(held_on__gt=meeting.held_on) | Q(held_on=meeting.held_on, sequence__gt=meeting.sequence)
        return self.filter(later, body=meeting.body).order_by("held_on", "sequence")


class Meeting(models.Model):
    """会議: one meeting of a body, numbered within the body."""

    class Status(models.TextChoices):
        PLANNED = "planned", "開催前"
        HELD = "held", "開催済み"
        RECORDED = "recorded", "会議録確定"

    NEXT: ClassVar[Transitions] = {
        Status.PLANNED: frozenset({Status.HELD}),
        Status.HELD: frozenset({Status.RECORDED}),
        Status.RECORDED: frozenset(),
    }

    body = models.ForeignKey(Body, models.PROTECT, related_name="meetings", verbose_name="会議体")
    sequence = models.PositiveIntegerField("回")
    code = models.CharField("会議番号", max_length=40, unique=True, editable=False)
    title = models.CharField("名称", max_length=150)
    held_on = models.DateField("開催日")
    starts_at = models.TimeField("開始", null=True, blank=True)
    ends_at = models.TimeField("終了", null=True, blank=True)
    place = models.CharField("場所", max_length=100, blank=True)
    status = models.CharField("状態", max_length=10, choices=Status, default=Status.PLANNED)

    objects = MeetingQuerySet.as_manager()

    class Meta:
        verbose_name = "会議"
        ordering = ["-held_on", "-sequence"]
        constraints = [
            models.UniqueConstraint(fields=["body", "sequence"], name="meetings_one_meeting_per_sequence"),
            models.CheckConstraint(
                condition=Q(starts_at__isnull=True) | Q(ends_at__isnull=True) | Q(ends_at__gte=models.F("starts_at")),
                name="meetings_meeting_ends_after_it_starts",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @classmethod
    @transaction.atomic
    def plan(
        cls, *, body: Body, held_on: date, by: Actor, title: str = "", starts_at: time | None = None, place: str = ""
    ) -> "Meeting":
        """Plan the next meeting; the post of every member is expected to attend."""
        sequence = next_position(cls.objects.filter(body=body), body, "sequence")
        usual, code = f"第{sequence}回 {body.name}", f"{body.code}-{cls._next_code(body)}"
        meeting = cls.objects.create(
            body=body, sequence=sequence, code=code, title=title or usual, held_on=held_on, starts_at=starts_at,
            place=place,
        )  # fmt: skip
        for post in body.members.all():
            Attendance.objects.create(meeting=meeting, post=post)
        cls._number_by_date(body)
        meeting.refresh_from_db()
        record(meeting, "会議の予定", by=by, after={"開催日": held_on})
        planned.send(cls, meeting=meeting, by=by)
        return meeting

    @classmethod
    def _number_by_date(cls, body: Body) -> None:
        """Number the planned meetings of a body by their dates, after those already held; usual titles follow."""
        held = cls.objects.filter(body=body).exclude(status=cls.Status.PLANNED)
        first = (held.aggregate(last=models.Max("sequence"))["last"] or 0) + 1
        planned = list(cls.objects.filter(body=body).planned().order_by("held_on", "pk"))
        moved = [(n, each) for n, each in enumerate(planned, first) if each.sequence != n]
        for n, each in moved:
            cls.objects.filter(pk=each.pk).update(sequence=n + BEYOND)
        for n, each in moved:
            usual = each.title == f"第{each.sequence}回 {body.name}"
            title = f"第{n}回 {body.name}" if usual else each.title
            cls.objects.filter(pk=each.pk).update(sequence=n, title=title)

    @transaction.atomic
    def reschedule(self, *, held_on: date, by: Actor, starts_at: time | None = None, place: str = "") -> None:
        """Correct date, time and place of a planned meeting (予定の訂正); the planned ones are numbered anew by date.

        Raises Refused for a meeting that was held.
        """
        before = {"開催日": self.held_on, "開始": self.starts_at, "場所": self.place}
        values = {"held_on": held_on, "starts_at": starts_at, "place": place}
        if not compare_and_set(self, {"status": Meeting.Status.PLANNED}, **values):
            raise Refused("開催した会議の日は直せません。")
        Meeting._number_by_date(self.body)
        self.refresh_from_db()
        record(self, "会議の予定の訂正", by=by, before=before, after={"開催日": held_on, "場所": place})

    @classmethod
    def _next_code(cls, body: Body) -> int:
        """Return the next free number of the codes of a body, which stay when meetings are numbered anew."""
        used = cls.objects.filter(body=body).values_list("code", flat=True)
        return max((int(code.rsplit("-", 1)[1]) for code in used), default=0) + 1

    def _move(self, to: "Meeting.Status", act: str, *, by: Actor) -> None:
        if not can_transition(self, to):
            raise Refused(f"この会議は「{self.get_status_display()}」です。")
        before = self.status
        if not transition(self, to):
            raise Refused("ほかの人が先に更新しました。画面を開き直してください。")
        record(self, act, by=by, before={"状態": before}, after={"状態": to})

    @transaction.atomic
    def mark_held(self, *, by: Actor) -> None:
        """Set the status to 開催. Raises Refused."""
        self._move(Meeting.Status.HELD, "会議の開催", by=by)

    @transaction.atomic
    def confirm_record(self, *, by: Actor) -> None:
        """Close the record (会議録の確定); from now on its recordings are kept for so many days.

        Raises Refused while a suggestion is open.
        """
        if self.minutes.filter(suggestions__status="proposed").exists():
            said = "まだ確かめていない候補があります。すべて採用するか、見送ってください。"
            raise Refused(said, link=path_to("board:suggestions", self.code))
        self._move(Meeting.Status.RECORDED, "会議録の確定", by=by)
        self.recordings.keep_from(today())

    @transaction.atomic
    def add_item(self, item: "AgendaItem", *, by: Actor) -> None:
        """Append an item to the agenda (議題の追加)."""
        item.meeting, item.position = self, next_position(self.agenda.all(), self, "position")
        item.save()
        record(self, "議題の追加", by=by, after={"議題": item.title})

    def can_prepare(self, user: User) -> bool:
        """Whether the user is of the secretariat."""
        return PREPARE_MEETING.held_by(user)

    def opens_closed_documents_to(self, user: User) -> bool:
        """Whether a person may take documents that are not public: by a post of today that prepares or attends."""
        posts = Tenure.objects.of(user).current().values("post")
        return TAKE_CLOSED_DOCUMENT.held_by(user) or self.attendances.filter(post__in=posts).exists()


class AgendaItem(models.Model):
    """議題: an item of a meeting's agenda; an open commitment is added as one automatically."""

    class Kind(models.TextChoices):
        DECIDE = "decide", "協議"
        REPORT = "report", "報告"
        COMMITMENT = "commitment", "宿題"
        OTHER = "other", "その他"

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="agenda", verbose_name="会議")
    position = models.PositiveIntegerField("順")
    kind = models.CharField("種類", max_length=10, choices=Kind, default=Kind.REPORT)
    title = models.CharField("議題名", max_length=200)
    department = models.ForeignKey(
        Department, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="担当部署"
    )
    commitment = models.ForeignKey(
        "meetings.Commitment", models.PROTECT, null=True, blank=True, related_name="agenda_items", verbose_name="宿題"
    )
    outcome = models.TextField("結果", blank=True)

    class Meta:
        verbose_name = "議題"
        ordering = ["meeting", "position"]
        constraints = [
            models.UniqueConstraint(fields=["meeting", "position"], name="meetings_one_item_per_position"),
            models.UniqueConstraint(fields=["meeting", "commitment"], name="meetings_a_commitment_comes_up_once"),
            models.CheckConstraint(
                condition=Q(kind="commitment", commitment__isnull=False)
                | (~Q(kind="commitment") & Q(commitment__isnull=True)),
                name="meetings_commitment_items_name_one",
            ),
        ]

    def __str__(self) -> str:
        return self.title


class AttendanceQuerySet(models.QuerySet["Attendance"]):
    def with_holders(self) -> "AttendanceQuerySet":
        """Annotate ``holder``: the name of the post's holder on the day of the meeting, or ""."""
        day = OuterRef("meeting__held_on")
        held = Tenure.objects.filter(Q(ends_on__isnull=True) | Q(ends_on__gte=day), post=OuterRef("post"))
        names = held.filter(starts_on__lte=day).order_by("starts_on", "pk").values("user__name")
        return self.annotate(holder=Coalesce(Subquery(names[:1]), Value("")))


class Attendance(models.Model):
    """出欠: whether a post was present, who held it that day, or who stood in."""

    class Status(models.TextChoices):
        EXPECTED = "expected", "予定"
        PRESENT = "present", "出席"
        PROXY = "proxy", "代理出席"
        ABSENT = "absent", "欠席"

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="attendances", verbose_name="会議")
    post = models.ForeignKey(Post, models.PROTECT, related_name="attendances", verbose_name="職位")
    status = models.CharField("出欠", max_length=10, choices=Status, default=Status.EXPECTED)
    proxy = models.CharField("代理の職・氏名", max_length=100, blank=True)

    objects = AttendanceQuerySet.as_manager()

    class Meta:
        verbose_name = "出欠"
        ordering = ["meeting", "post__department__code", "post"]
        constraints = [
            models.UniqueConstraint(fields=["meeting", "post"], name="meetings_one_attendance_per_post"),
            models.CheckConstraint(condition=~Q(status="proxy") | ~Q(proxy=""), name="meetings_a_proxy_is_named"),
        ]

    def __str__(self) -> str:
        return f"{self.post} {self.get_status_display()}"
