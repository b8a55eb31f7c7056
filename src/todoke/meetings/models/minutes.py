"""Minutes 会議録: loaded text, suggestions extracted from it, and decisions."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any, ClassVar

from django.db import models, transaction
from django.db.models import Q
from django.utils import timezone

from todoke.accounts.actors import Actor, user_of
from todoke.accounts.models import User
from todoke.audit.log import record
from todoke.audit.transitions import Transitions, transition
from todoke.file_validation.bounded_read import read_bounded
from todoke.meetings.commitment_notices import tell_departments
from todoke.meetings.minutes.extract import read_minutes
from todoke.meetings.minutes.loader import Source
from todoke.meetings.minutes_identity import require_same_meeting
from todoke.meetings.models.commitment import Commitment
from todoke.meetings.models.meeting import Meeting
from todoke.meetings.models.reader_version import weights_in_use
from todoke.organization.models import Department
from todoke.runtime.links import path_to
from todoke.runtime.refusals import Refused


class Minutes(models.Model):
    """会議録: the text of what was said, and what was extracted from it."""

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="minutes", verbose_name="会議")
    text = models.TextField("本文")
    reading = models.JSONField("読み取り結果")
    uploaded_at = models.DateTimeField("取込日時", default=timezone.now)
    uploaded_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name="取り込んだ人")

    class Meta:
        verbose_name = "会議録"
        ordering = ["-uploaded_at"]

    def __str__(self) -> str:
        return f"{self.meeting} 会議録"

    @classmethod
    def load(cls, meeting: Meeting, data: bytes, *, by: Actor, is_confirmed: bool = False) -> "Minutes":
        """Load a file of minutes and store its suggestions. Raises Unreadable, Refused.

        Raises OtherMeeting for minutes of another body, number or day, unless a person has confirmed them.
        The file is parsed before the transaction, so that no row lock is held meanwhile.
        """
        source, reading = read_bounded(read_minutes, data, meeting.held_on, weights_in_use())
        if not is_confirmed:
            require_same_meeting(meeting, reading)
        return cls.take_in(meeting, source, reading, by=by)

    @classmethod
    @transaction.atomic
    def take_in(cls, meeting: Meeting, source: Source, reading: dict[str, Any], *, by: Actor) -> "Minutes":
        """Store minutes that were read, and their suggestions. Raises Refused when the meeting has minutes already."""
        if meeting.minutes.exists():
            raise Refused("この会議の会議録は、もう取り込まれています。")
        minutes = cls.objects.create(
            meeting=meeting, text="\n".join(source.lines), reading=reading, uploaded_by=user_of(by)
        )
        Suggestion.objects.bulk_create(
            Suggestion(
                minutes=minutes, number=number, kind=each["kind"], what=each["what"], owner=each["owner"][:100],
                due_text=each["due_text"][:60], due=each["due"], line=each["line"], quote=each["quote"],
            )
            for number, each in enumerate(reading["proposals"], 1)
        )  # fmt: skip
        if meeting.status == Meeting.Status.PLANNED:
            meeting.mark_held(by=by)
        record(minutes, "会議録の取込", by=by, after={"候補": len(reading["proposals"])})
        return minutes

    @property
    def lines(self) -> list[str]:
        return self.text.split("\n")


class Suggestion(models.Model):
    """候補: a candidate extracted from minutes, until a person accepts, corrects or dismisses it."""

    class Kind(models.TextChoices):
        DECISION = "decision", "決定"
        COMMITMENT = "commitment", "宿題"
        REQUEST = "request", "要望"
        CONTINUED = "continued", "継続"

    class Status(models.TextChoices):
        PROPOSED = "proposed", "未確認"
        ACCEPTED = "accepted", "採用"
        PASSED = "passed", "見送り"

    NEXT: ClassVar[Transitions] = {
        Status.PROPOSED: frozenset({Status.ACCEPTED, Status.PASSED}),
        Status.ACCEPTED: frozenset(),
        Status.PASSED: frozenset(),
    }

    minutes = models.ForeignKey(Minutes, models.CASCADE, related_name="suggestions", verbose_name="会議録")
    number = models.PositiveIntegerField("番号", help_text="会議録のなかの順")
    kind = models.CharField("種類", max_length=10, choices=Kind)
    what = models.TextField("内容")
    owner = models.CharField("担当(会議録の表記)", max_length=100, blank=True)
    due_text = models.CharField("期限(会議録の表記)", max_length=60, blank=True)
    due = models.DateField("期限", null=True, blank=True)
    line = models.PositiveIntegerField("行")
    quote = models.TextField("会議録の言葉")
    status = models.CharField("状態", max_length=10, choices=Status, default=Status.PROPOSED)
    judged_at = models.DateTimeField("確かめた日時", null=True, blank=True)
    judged_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name="確かめた人")

    class Meta:
        verbose_name = "候補"
        ordering = ["minutes", "number"]
        constraints = [
            models.UniqueConstraint(fields=["minutes", "number"], name="meetings_one_suggestion_per_number"),
            models.CheckConstraint(
                condition=Q(status="proposed", judged_at__isnull=True)
                | (~Q(status="proposed") & Q(judged_at__isnull=False)),
                name="meetings_a_judged_suggestion_has_a_time",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.line}行目"

    @property
    def reasons(self) -> list[str]:
        """What spoke most for the suggestion, in words; empty for what a list of results states itself (理由)."""
        proposals = self.minutes.reading["proposals"]
        return list(proposals[self.number - 1].get("reasons", [])) if self.number <= len(proposals) else []

    def _judge(self, to: "Suggestion.Status", *, by: Actor) -> None:
        if not transition(self, to, judged_at=timezone.now(), judged_by=user_of(by)):
            raise Refused("この候補は、ほかの人が先に確かめました。")

    @transaction.atomic
    def dismiss(self, *, by: Actor) -> None:
        """Dismiss the suggestion (見送り). Raises Refused when it was judged before."""
        self._judge(Suggestion.Status.PASSED, by=by)
        record(self, "候補の見送り", by=by)

    @transaction.atomic
    def accept(
        self,
        *,
        by: Actor,
        kind: str | None = None,
        what: str = "",
        department: Department | None = None,
        due: date | None = None,
        is_told: bool = True,
    ) -> "Decision | Commitment":
        """Accept the suggestion with corrections; return the decision or commitment created. Raises Refused."""
        corrected = {"種類": kind or self.kind, "内容": what or self.what, "期限": due}
        self._judge(Suggestion.Status.ACCEPTED, by=by)
        record(
            self, "候補の採用", by=by, before={"種類": self.kind, "内容": self.what, "期限": self.due}, after=corrected
        )
        if (kind or self.kind) == Suggestion.Kind.DECISION:
            return Decision.objects.create(
                meeting=self.minutes.meeting, text=what or self.what, line=self.line, quote=self.quote, suggestion=self
            )
        if department is None:
            raise Refused("宿題・要望・継続には、担当する部署を選んでください。")
        commitment = Commitment.create(
            meeting=self.minutes.meeting, what=what or self.what, department=department, due=due,
            due_text=self.due_text, kind=kind or self.kind, line=self.line, quote=self.quote, by=by,
        )  # fmt: skip
        if is_told:
            tell_departments([commitment], by=by)
        return commitment


@transaction.atomic
def judge_suggestions(
    accepted: Iterable[tuple[Suggestion, Mapping[str, Any]]], dismissed: Iterable[Suggestion], *, by: Actor
) -> int:
    """Accept and dismiss several suggestions at once (まとめて確かめる); return how many commitments were created.

    All or none: a refusal of one leaves every one open. Each department gets one notice of its commitments.
    Raises Refused.
    """
    made = [each.accept(by=by, is_told=False, **corrections) for each, corrections in accepted]
    for each in dismissed:
        each.dismiss(by=by)
    commitments = [each for each in made if isinstance(each, Commitment)]
    tell_departments(commitments, by=by)
    return len(commitments)


class Decision(models.Model):
    """決定: what a meeting decided, with the words of its minutes; immutable."""

    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="decisions", verbose_name="会議")
    text = models.TextField("決定の内容")
    line = models.PositiveIntegerField("行", null=True, blank=True)
    quote = models.TextField("会議録の言葉", blank=True)
    suggestion = models.OneToOneField(Suggestion, models.PROTECT, null=True, blank=True, verbose_name="候補")

    class Meta:
        verbose_name = "決定"
        ordering = ["meeting", "pk"]

    def __str__(self) -> str:
        return self.text

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Insert the row. Raises Refused for a change."""
        if not self._state.adding:
            raise Refused("決定は書き換えられません。新しい会議で決め直してください。")
        super().save(*args, **kwargs)


@transaction.atomic
def record_missed_item(
    meeting: Meeting, *, kind: str, what: str, by: Actor,
    department: Department | None = None, due: date | None = None, line: int | None = None,
) -> "Decision | Commitment":  # fmt: skip
    """Add what the extraction missed (書き足し), quoting its line if given. Raises Refused."""
    if meeting.status == Meeting.Status.RECORDED:
        said = "会議録が確定した会議には書き足せません。次の会議で決めてください。"
        raise Refused(said, link=path_to("board:meetings"))
    minutes = meeting.minutes.first()
    lines = minutes.lines if minutes else []
    if line and line > len(lines):
        raise Refused(f"会議録は{len(lines)}行です。行の番号を確かめてください。")
    quote = lines[line - 1].strip() if line else ""
    if kind == Suggestion.Kind.DECISION:
        decision = Decision.objects.create(meeting=meeting, text=what, line=line, quote=quote)
        record(decision, "決定の書き足し", by=by, after={"会議": meeting.code})
        return decision
    if department is None:
        raise Refused("宿題・要望・継続には、担当する部署を選んでください。")
    commitment = Commitment.create(
        meeting=meeting, what=what, department=department, due=due, kind=kind, line=line, quote=quote, by=by
    )
    tell_departments([commitment], by=by)
    return commitment
