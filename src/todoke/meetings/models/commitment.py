"""Commitments 宿題: open until fulfilled with evidence, postponed by a decision, or dropped with a reason."""

from datetime import date
from typing import TYPE_CHECKING, Any, ClassVar

from django.db import models, transaction
from django.db.models import Q
from django.utils import timezone

from todoke.accounts.actors import Actor, label_of, user_of
from todoke.accounts.models import User
from todoke.audit.log import record
from todoke.audit.sequences import next_of_year, next_position
from todoke.audit.transitions import Transitions, can_transition, compare_and_set, transition
from todoke.japanese.calendar import today
from todoke.japanese.due_dates import DueState, due_state
from todoke.meetings.commitment_notices import tell_of_return
from todoke.meetings.models.meeting import AgendaItem, Body, Meeting
from todoke.meetings.permissions import ANSWER_COMMITMENT, CLOSE_COMMITMENT
from todoke.organization.models import Department
from todoke.runtime.refusals import Refused

if TYPE_CHECKING:
    from todoke.meetings.models.minutes import Decision


class CommitmentQuerySet(models.QuerySet["Commitment"]):
    def open(self) -> "CommitmentQuerySet":
        """Commitments that are neither fulfilled nor dropped (未了の宿題)."""
        return self.filter(status__in=[Commitment.Status.OPEN, Commitment.Status.ANSWERED])

    def overdue(self, on: date | None = None) -> "CommitmentQuerySet":
        """Open commitments whose due date has passed (期限切れの宿題)."""
        return self.open().filter(due__lt=on or today())

    def unresolved(self) -> "CommitmentQuerySet":
        """Open commitments without a due date (期限が決まっていない宿題)."""
        return self.open().filter(due__isnull=True)


class Commitment(models.Model):
    """宿題: what a department owes a body, since when and until when."""

    class Kind(models.TextChoices):
        COMMITMENT = "commitment", "宿題"
        REQUEST = "request", "要望"
        CONTINUED = "continued", "継続"

    class Status(models.TextChoices):
        OPEN = "open", "未了"
        ANSWERED = "answered", "回答済み(確認待ち)"
        FULFILLED = "fulfilled", "完了"
        DROPPED = "dropped", "取りやめ"

    NEXT: ClassVar[Transitions] = {
        Status.OPEN: frozenset({Status.ANSWERED, Status.FULFILLED, Status.DROPPED}),
        Status.ANSWERED: frozenset({Status.OPEN, Status.FULFILLED, Status.DROPPED}),
        Status.FULFILLED: frozenset(),
        Status.DROPPED: frozenset(),
    }

    number = models.CharField("宿題番号", max_length=20, unique=True, editable=False)
    body = models.ForeignKey(Body, models.PROTECT, related_name="commitments", verbose_name="会議体")
    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="commitments", verbose_name="生まれた会議")
    kind = models.CharField("種類", max_length=10, choices=Kind, default=Kind.COMMITMENT)
    what = models.TextField("内容")
    department = models.ForeignKey(Department, models.PROTECT, related_name="commitments", verbose_name="担当部署")
    due = models.DateField("期限", null=True, blank=True)
    due_text = models.CharField("期限(会議録の表記)", max_length=60, blank=True)
    line = models.PositiveIntegerField("行", null=True, blank=True)
    quote = models.TextField("会議録の言葉", blank=True)
    status = models.CharField("状態", max_length=10, choices=Status, default=Status.OPEN)
    reminded_on = models.DateField("最後に知らせた日", null=True, blank=True)

    objects = CommitmentQuerySet.as_manager()

    class Meta:
        verbose_name = "宿題"
        ordering = ["-meeting__held_on", "number"]
        indexes = [models.Index(fields=["status", "due", "number"], name="meetings_by_due")]

    def __str__(self) -> str:
        return f"{self.number} {self.what[:40]}"

    @classmethod
    @transaction.atomic
    def create(
        cls,
        *,
        meeting: Meeting,
        what: str,
        department: Department,
        by: Actor,
        due: date | None = None,
        due_text: str = "",
        kind: str = Kind.COMMITMENT,
        line: int | None = None,
        quote: str = "",
    ) -> "Commitment":
        """Create a commitment, and put it on the agenda of the body's next planned meeting.

        Whoever creates it tells the department with ``tell_departments``, of several at once.
        """
        commitment = cls.objects.create(
            number=next_of_year(cls.objects.all(), meeting.held_on.year),
            body=meeting.body, meeting=meeting, kind=kind, what=what, department=department, due=due,
            due_text=due_text, line=line, quote=quote,
        )  # fmt: skip
        commitment.log_event(CommitmentEvent.Kind.MADE, what, by=by, meeting=meeting)
        upcoming = Meeting.objects.planned().after(meeting).first()
        if upcoming:
            add_open_commitments(upcoming, by=by)
        record(commitment, "宿題の登録", by=by, after={"期限": due, "担当": department.code})
        return commitment

    def _move(self, to: "Commitment.Status", act: str, *, by: Actor, reason: str = "") -> None:
        if not can_transition(self, to):
            raise Refused(f"この宿題は「{self.get_status_display()}」です。")
        before = self.status
        if not transition(self, to):
            raise Refused("ほかの人が先に更新しました。画面を開き直してください。")
        record(self, act, by=by, before={"状態": before}, after={"状態": to}, reason=reason)

    def log_event(self, kind: str, text: str, *, by: Actor, **more: object) -> "CommitmentEvent":
        """Add an event in the caller's transaction (経過の記録)."""
        return CommitmentEvent.objects.create(
            commitment=self, kind=kind, text=text, by=user_of(by), by_label=label_of(by), **more
        )

    @transaction.atomic
    def answer(self, *, text: str, evidence: str = "", by: Actor) -> None:
        """Record the department's answer (回答), to be confirmed by the secretariat or a meeting. Raises Refused."""
        self._move(Commitment.Status.ANSWERED, "宿題への回答", by=by)
        self.log_event(CommitmentEvent.Kind.ANSWERED, text, evidence=evidence, by=by)

    @transaction.atomic
    def fulfil(self, *, evidence: str, by: Actor, result: str = "", meeting: Meeting | None = None) -> None:
        """Close the commitment with its evidence (完了). Raises Refused without evidence or when it is closed.

        ``result`` says what was done, to everybody; without it the department's last answer does.
        """
        if not evidence.strip():
            raise Refused("完了には、根拠(資料名、ページ、通知の番号など)を書いてください。")
        said = result.strip() or self.last_answer
        if not said:
            raise Refused("完了には、したことを書いてください。区民に公開するページに載ります。")
        self._move(Commitment.Status.FULFILLED, "宿題の完了", by=by)
        self.log_event(CommitmentEvent.Kind.FULFILLED, said, evidence=evidence, by=by, meeting=meeting)

    @property
    def last_answer(self) -> str:
        """What the department answered last, or "" (最後の回答)."""
        answers = self.events.filter(kind=CommitmentEvent.Kind.ANSWERED).order_by("-at", "-pk")
        return answers.values_list("text", flat=True).first() or ""

    @transaction.atomic
    def send_back(self, *, reason: str, by: Actor) -> None:
        """Reject the answer and ask again (再回答の求め). Raises Refused."""
        self._move(Commitment.Status.OPEN, "宿題の再回答の求め", by=by, reason=reason)
        self.log_event(CommitmentEvent.Kind.RETURNED, reason, by=by)
        tell_of_return(self, reason, by=by)

    @transaction.atomic
    def postpone(self, *, due: date, decision: "Decision", by: Actor) -> None:
        """Change the due date by a decision of a meeting (期限の変更). Raises Refused."""
        if self.status not in {Commitment.Status.OPEN, Commitment.Status.ANSWERED}:
            raise Refused(f"この宿題は「{self.get_status_display()}」です。")
        before = self.due
        if not compare_and_set(self, {"due": before, "status": self.status}, due=due):
            raise Refused("ほかの人が先に更新しました。画面を開き直してください。")
        self.log_event(CommitmentEvent.Kind.MOVED, f"{before or '期限なし'} → {due}", decision=decision, by=by)
        record(self, "宿題の期限の変更", by=by, before={"期限": before}, after={"期限": due}, reason=decision.text)

    @transaction.atomic
    def drop(self, *, reason: str, by: Actor) -> None:
        """Drop the commitment with a reason (取りやめ). Raises Refused."""
        if not reason.strip():
            raise Refused("取りやめには理由が必要です。")
        self._move(Commitment.Status.DROPPED, "宿題の取りやめ", by=by, reason=reason)
        self.log_event(CommitmentEvent.Kind.DROPPED, reason, by=by)

    @property
    def is_overdue(self) -> bool:
        """Whether it is open after its due date (期限切れ)."""
        return self.is_open and due_state(self.due) is DueState.OVERDUE

    @property
    def is_open(self) -> bool:
        """Whether it is neither fulfilled nor dropped."""
        return self.status in {Commitment.Status.OPEN, Commitment.Status.ANSWERED}

    def can_answer(self, user: User) -> bool:
        """Whether the user belongs to the department or one below it."""
        return ANSWER_COMMITMENT.held_by(user, self.department)

    def can_close(self, user: User) -> bool:
        """Whether the user is of the secretariat, which closes, postpones and drops."""
        return CLOSE_COMMITMENT.held_by(user)


class CommitmentEvent(models.Model):
    """宿題の経過: one event of a commitment; immutable."""

    class Kind(models.TextChoices):
        MADE = "made", "登録"
        ANSWERED = "answered", "回答"
        RETURNED = "returned", "再回答の求め"
        MOVED = "moved", "期限の変更"
        FULFILLED = "fulfilled", "完了"
        DROPPED = "dropped", "取りやめ"
        REMINDED = "reminded", "お知らせ"
        BROUGHT_UP = "brought_up", "議題に登録"

    commitment = models.ForeignKey(Commitment, models.CASCADE, related_name="events", verbose_name="宿題")
    kind = models.CharField("出来事", max_length=12, choices=Kind)
    text = models.TextField("内容", blank=True)
    evidence = models.TextField("根拠", blank=True)
    meeting = models.ForeignKey(Meeting, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="会議")
    decision = models.ForeignKey(
        "meetings.Decision", models.PROTECT, null=True, blank=True, related_name="moves", verbose_name="決定"
    )
    at = models.DateTimeField("日時", default=timezone.now)
    by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name="行った人")
    by_label = models.CharField("行った人(表記)", max_length=100)

    class Meta:
        verbose_name = "宿題の経過"
        ordering = ["commitment", "at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(kind="fulfilled") | ~Q(evidence=""), name="meetings_fulfilled_with_evidence"
            ),
            models.CheckConstraint(
                condition=~Q(kind="moved") | Q(decision__isnull=False), name="meetings_moved_by_decision"
            ),
            models.CheckConstraint(condition=~Q(kind="dropped") | ~Q(text=""), name="meetings_dropped_with_reason"),
        ]

    def __str__(self) -> str:
        return f"{self.commitment.number} {self.get_kind_display()}"


@transaction.atomic
def add_open_commitments(meeting: Meeting, *, by: Actor) -> int:
    """Put every open commitment of the body on a meeting's agenda, once each; return how many were added."""
    first = next_position(meeting.agenda.all(), meeting, "position")
    on_it = meeting.agenda.filter(commitment__isnull=False).values("commitment")
    open_ones = Commitment.objects.open().filter(body=meeting.body).exclude(pk__in=on_it).order_by("due", "number")
    found = list(open_ones.select_related("department"))
    for position, each in enumerate(found, first):
        AgendaItem.objects.create(
            meeting=meeting,
            position=position,
            kind=AgendaItem.Kind.COMMITMENT,
            title=f"{each.get_kind_display()} {each.number} {each.what}"[:200],
            department=each.department,
            commitment=each,
        )
        each.log_event(CommitmentEvent.Kind.BROUGHT_UP, meeting.title, by=by, meeting=meeting)
    return len(found)


@transaction.atomic
def plan_next_meeting(*, body: Body, held_on: date, by: Actor, **more: Any) -> Meeting:
    """Plan the next meeting of a body with every open commitment on its agenda."""
    meeting = Meeting.plan(body=body, held_on=held_on, by=by, **more)
    add_open_commitments(meeting, by=by)
    return meeting
