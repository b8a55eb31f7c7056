"""Automation runs 実行: what an automation did, told by itself or by a person, and what it should have done."""

from datetime import datetime
from typing import ClassVar

from django.db import IntegrityError, models, transaction
from django.db.models import F, Q
from django.utils import timezone

from todoke.accounts.actors import Actor, System, user_of
from todoke.accounts.models import User
from todoke.audit.log import record
from todoke.audit.transitions import compare_and_set
from todoke.runtime.refusals import Conflict, Refused
from todoke.spreadsheets.column_difference import ShapeDifference, TableShape, compare_shapes
from todoke.systems.automations.alarms import tell_stopped
from todoke.systems.models.automation import Automation
from todoke.systems.models.automation_input import InputSchema

MOST = 10_000_000


class AutomationRun(models.Model):
    """自動化の実行: one run with its outcome and counts; it holds no text of what was processed."""

    class Outcome(models.TextChoices):
        OPEN = "open", "実行中"
        DONE = "done", "完了"
        FAILED = "failed", "失敗"
        SHAPE = "shape", "形の違いで停止"
        ABORTED = "aborted", "中止"

    ENDS: ClassVar[frozenset[str]] = frozenset({"done", "failed", "aborted"})

    automation = models.ForeignKey(Automation, models.PROTECT, related_name="runs", verbose_name="自動化")
    key = models.CharField("実行番号", max_length=60)
    started_at = models.DateTimeField("開始", default=timezone.now)
    ended_at = models.DateTimeField("終了", null=True, blank=True)
    outcome = models.CharField("結果", max_length=10, choices=Outcome.choices, default=Outcome.OPEN)
    units = models.PositiveIntegerField("処理した件数", default=0)
    exceptions = models.PositiveIntegerField("例外の件数", default=0)
    human_minutes = models.PositiveIntegerField("人がかけた分", default=0)
    seen_shape = models.ForeignKey(
        InputSchema, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="見た形"
    )
    reported_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name="報告した人")

    class Meta:
        verbose_name = "自動化の実行"
        ordering = ["-started_at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["automation", "key"], name="systems_one_run_per_key"),
            models.CheckConstraint(
                condition=Q(outcome="open", ended_at=None) | (~Q(outcome="open") & Q(ended_at__isnull=False)),
                name="systems_run_ends_with_an_outcome",
            ),
            models.CheckConstraint(
                condition=Q(ended_at=None) | Q(ended_at__gte=F("started_at")), name="systems_run_ends_after_it_starts"
            ),
            models.CheckConstraint(
                condition=~Q(outcome="shape") | Q(units=0, seen_shape__isnull=False),
                name="systems_stopped_run_did_none",
            ),
        ]
        indexes = [models.Index(fields=["automation", "started_at"], name="systems_runs_by_start")]

    def __str__(self) -> str:
        return f"{self.automation} {self.key}"

    @classmethod
    @transaction.atomic
    def begin(
        cls, automation: Automation, key: str, *, shape: TableShape | None = None, at: datetime | None = None, by: Actor
    ) -> "tuple[AutomationRun, bool]":
        """Open a run, once however often it is reported; return it and whether it was reported before.

        Where the input has another shape than the approved one, the run ends (形の違いで停止), the automation stops,
        and who answers for it is told what is different and what people do instead. Raises Conflict for an automation
        that does not run, Refused for one that reads a file and tells no columns, or for a moment ahead.
        """
        earlier = automation.runs.filter(key=key).first()
        if earlier is not None:
            return earlier, True
        if automation.status not in {Automation.Status.TRIAL, Automation.Status.RUNNING}:
            raise Conflict(f"この自動化は、いま「{automation.get_status_display()}」です。動かさないでください。")
        if at is not None and at > timezone.now():
            raise Refused("開始の日時は、いまより前にしてください。")
        if automation.shape is not None and shape is None:
            raise Refused("読み込んだ表の列を伝えてください。列を確かめずには動かせません。")
        try:
            with transaction.atomic():
                run = cls.objects.create(
                    automation=automation, key=key, started_at=at or timezone.now(), reported_by=user_of(by)
                )
        except IntegrityError:
            return automation.runs.get(key=key), True
        record(automation, "自動化の実行の開始", by=by, after={"実行": key})
        if automation.shape is not None and shape is not None:
            difference = compare_shapes(automation.shape.shape, shape)
            if difference.stops(by_position=automation.by_position):
                run.stop_by_shape(shape, difference, by=by)
        return run, False

    @classmethod
    @transaction.atomic
    def report(
        cls, automation: Automation, key: str, *, started_at: datetime, ended_at: datetime, outcome: str, units: int,
        exceptions: int, human_minutes: int, by: User,
    ) -> "AutomationRun":  # fmt: skip
        """Record a run that is over, told by a person who looked at the columns (実行の記録).

        Raises as ``begin`` and ``end`` do.
        """
        shape = automation.shape.shape if automation.shape else None
        run, _ = cls.begin(automation, key, shape=shape, at=started_at, by=by)
        run.end(outcome, units=units, exceptions=exceptions, human_minutes=human_minutes, at=ended_at, by=by)
        return run

    def stop_by_shape(self, shape: TableShape, difference: ShapeDifference, *, by: Actor) -> None:
        """End the run and stop the automation because its input looks different (形の違い)."""
        seen = InputSchema.propose(self.automation, shape, by=by)
        ended = {"outcome": self.Outcome.SHAPE, "ended_at": max(timezone.now(), self.started_at), "seen_shape": seen}
        compare_and_set(self, {"outcome": self.Outcome.OPEN}, **ended)
        self.automation.stop("読み込む表の形が変わったため", by=System("入力の形の確認"))
        tell_stopped(self.automation, " ".join(difference.sentences()))

    def difference_in_words(self) -> str:
        """Return what was different from the shape in force; empty where nothing is."""
        return " ".join(self.seen_shape.difference().sentences()) if self.seen_shape else ""

    @transaction.atomic
    def end(
        self, outcome: str, *, units: int = 0, exceptions: int = 0, human_minutes: int = 0, at: datetime | None = None,
        by: Actor,
    ) -> bool:  # fmt: skip
        """Close the run with its counts; False where the same was reported before.

        Raises Refused for an outcome or a count that cannot be, Conflict where it ended otherwise.
        """
        counts = {"units": units, "exceptions": exceptions, "human_minutes": human_minutes}
        ended_at = at or max(timezone.now(), self.started_at)
        if outcome not in self.ENDS or not self.started_at <= ended_at or max(counts.values()) > MOST:
            raise Refused("結果は完了・失敗・中止のどれか、終了は開始より後、件数と分は1千万までにしてください。")
        if compare_and_set(self, {"outcome": self.Outcome.OPEN}, outcome=outcome, ended_at=ended_at, **counts):
            record(self.automation, "自動化の実行の終了", by=by, after={"実行": self.key, "結果": outcome, **counts})
            return True
        self.refresh_from_db()
        if {"outcome": self.outcome, **{name: getattr(self, name) for name in counts}} == {
            "outcome": outcome,
            **counts,
        }:
            return False
        raise Conflict("この実行は、もう別の結果で終わっています。何も変わっていません。")


class MissedRun(models.Model):
    """実行の漏れ: a run that was due and of which nothing was reported in time; told once."""

    automation = models.ForeignKey(Automation, models.PROTECT, related_name="missed", verbose_name="自動化")
    due_at = models.DateTimeField("予定の日時")
    noticed_at = models.DateTimeField("気づいた日時", default=timezone.now)

    class Meta:
        verbose_name = "実行の漏れ"
        ordering = ["-due_at"]
        constraints = [models.UniqueConstraint(fields=["automation", "due_at"], name="systems_missed_once")]

    def __str__(self) -> str:
        return f"{self.automation} {self.due_at}"
