"""Plans 計画 in versions by period: strategies 柱, measures 施策, milestones マイルストーン."""

from datetime import date
from typing import Any, ClassVar

from django.db import models, transaction
from django.db.models import F, Q
from django.utils import timezone

from todoke.accounts.actors import Actor
from todoke.accounts.models import User
from todoke.audit.log import record
from todoke.audit.transitions import Transitions, can_transition, stamp_once, transition
from todoke.japanese.due_dates import DueState, due_state
from todoke.organization.models import Department
from todoke.plans.permissions import EDIT_PLANS
from todoke.runtime.links import path_to
from todoke.runtime.refusals import Refused


class Plan(models.Model):
    """計画: one version of a plan with its period; immutable once published, followed by a successor."""

    class Status(models.TextChoices):
        DRAFT = "draft", "策定中"
        PUBLISHED = "published", "公表"
        CLOSED = "closed", "総括済み"

    NEXT: ClassVar[Transitions] = {
        Status.DRAFT: frozenset({Status.PUBLISHED}),
        Status.PUBLISHED: frozenset({Status.CLOSED}),
        Status.CLOSED: frozenset(),
    }

    code = models.SlugField("記号", max_length=40, unique=True)
    title = models.CharField("計画名", max_length=150)
    starts_on = models.DateField("始期")
    ends_on = models.DateField("終期")
    aim = models.TextField("ねらい", blank=True)
    predecessor = models.OneToOneField(
        "self", models.PROTECT, null=True, blank=True, related_name="successor", verbose_name="前の計画"
    )
    status = models.CharField("状態", max_length=10, choices=Status, default=Status.DRAFT)
    published_at = models.DateTimeField("公表日時", null=True, blank=True)
    closing_words = models.TextField("総括の所見", blank=True)

    class Meta:
        verbose_name = "計画"
        ordering = ["-starts_on", "code"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__gt=F("starts_on")),
                name="plans_plan_ends_after_it_starts",
                violation_error_message="終期は、始期より後の日にしてください。",
            ),
            models.CheckConstraint(
                condition=~Q(status="closed") | ~Q(closing_words=""), name="plans_closed_with_words"
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def _move(self, to: "Plan.Status", act: str, *, by: Actor, **more: Any) -> None:
        if not can_transition(self, to):
            raise Refused(f"この計画は「{self.get_status_display()}」です。")
        before = self.status
        if not transition(self, to, **more):
            raise Refused("ほかの人が先に更新しました。画面を開き直してください。")
        record(self, act, by=by, before={"状態": before}, after={"状態": to})

    @transaction.atomic
    def publish(self, *, by: Actor) -> None:
        """Publish the plan (公表). Raises Refused while an indicator is not defined."""
        loose = [i.name for m in self.measures.all() for i in m.indicators.all() if not i.is_defined]
        if loose:
            said = f"定義が足りない指標があります: {'、'.join(loose)}。分子・分母・出典・基準日を書いてください。"
            raise Refused(said, link=path_to("board:plan-structure", self.code))
        self._move(Plan.Status.PUBLISHED, "計画の公表", by=by, published_at=timezone.now())

    @transaction.atomic
    def close(self, *, words: str, by: Actor) -> None:
        """Close the plan with a summary (総括). Raises Refused without one."""
        if not words.strip():
            raise Refused("総括の所見を書いてください。")
        self._move(Plan.Status.CLOSED, "計画の総括", by=by, closing_words=words)

    @property
    def why_closed(self) -> str:
        """The reason why the plan and its parts are read-only, or "" while it is a draft."""
        if self.status == Plan.Status.DRAFT:
            return ""
        return f"この計画は「{self.get_status_display()}」です。公表した計画は書き換えず、次の計画をつくります。"

    @transaction.atomic
    def draft_successor(self, *, code: str, title: str, starts_on: date, ends_on: date, by: Actor) -> "Plan":
        """Create the next version with copies of strategies, measures and definitions (次の計画の案). Raises Refused.

        Without targets and actuals; open milestones are copied with the new plan's end as their date.
        """
        if Plan.objects.filter(predecessor=self).exists():
            raise Refused("次の計画は、もうつくられています。")
        made = Plan.objects.create(
            code=code, title=title, starts_on=starts_on, ends_on=ends_on, aim=self.aim, predecessor=self
        )
        for strategy in self.strategies.all():
            copied = made.strategies.create(position=strategy.position, title=strategy.title)
            for measure in strategy.measures.all():
                measure.copy_to(copied)
        record(made, "次の計画の案", by=by, after={"前の計画": self.code})
        return made

    def can_edit(self, user: User) -> bool:
        """Whether the user is of the secretariat of the headquarters."""
        return EDIT_PLANS.held_by(user)


class Strategy(models.Model):
    """柱: a direction of a plan, which groups measures."""

    plan = models.ForeignKey(Plan, models.CASCADE, related_name="strategies", verbose_name="計画")
    position = models.PositiveIntegerField("順")
    title = models.CharField("柱の名称", max_length=150)

    class Meta:
        verbose_name = "柱"
        ordering = ["plan", "position"]
        constraints = [models.UniqueConstraint(fields=["plan", "position"], name="plans_one_strategy_per_position")]

    def __str__(self) -> str:
        return self.title

    @property
    def why_closed(self) -> str:
        return self.plan.why_closed


class Measure(models.Model):
    """施策: what a department does for a strategy."""

    plan = models.ForeignKey(Plan, models.CASCADE, related_name="measures", verbose_name="計画")
    strategy = models.ForeignKey(Strategy, models.CASCADE, related_name="measures", verbose_name="柱")
    code = models.SlugField("記号", max_length=20)
    title = models.CharField("施策名", max_length=150)
    department = models.ForeignKey(Department, models.PROTECT, related_name="measures", verbose_name="担当部署")
    outline = models.TextField("内容", blank=True)

    class Meta:
        verbose_name = "施策"
        ordering = ["strategy__position", "code"]
        constraints = [models.UniqueConstraint(fields=["plan", "code"], name="plans_one_measure_per_code")]

    def __str__(self) -> str:
        return self.title

    @property
    def why_closed(self) -> str:
        return self.plan.why_closed

    def copy_to(self, strategy: Strategy) -> "Measure":
        """Copy the measure, its definitions and its open milestones into the next plan."""
        plan = strategy.plan
        made = strategy.measures.create(
            plan=plan, code=self.code, title=self.title, department=self.department, outline=self.outline
        )
        for indicator in self.indicators.all():
            indicator.copy_to(made)
        for stone in self.milestones.filter(reached_on__isnull=True):
            made.milestones.create(title=stone.title, due_on=plan.ends_on)
        return made


class Milestone(models.Model):
    """マイルストーン: what to reach by when, and the evidence that it was reached."""

    measure = models.ForeignKey(Measure, models.CASCADE, related_name="milestones", verbose_name="施策")
    title = models.CharField("到達すること", max_length=200)
    due_on = models.DateField("期限")
    reached_on = models.DateField("到達日", null=True, blank=True)
    evidence = models.CharField("根拠", max_length=300, blank=True)

    class Meta:
        verbose_name = "マイルストーン"
        ordering = ["due_on", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(reached_on__isnull=True) | ~Q(evidence=""),
                name="plans_reached_with_evidence",
                violation_error_message="到達日を書くときは、根拠も書いてください。",
            )
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def why_closed(self) -> str:
        return self.measure.plan.why_closed

    def state(self, on: date | None = None) -> DueState:
        """The state of its due date on a day."""
        return due_state(self.due_on, self.reached_on, on)

    @transaction.atomic
    def mark_reached(self, *, on: date, evidence: str, by: Actor) -> None:
        """Record that it was reached, with evidence (到達). Raises Refused."""
        if self.measure.plan.status == Plan.Status.CLOSED:
            raise Refused("総括した計画には、到達を書き足せません。")
        if not evidence.strip():
            raise Refused("到達の根拠を書いてください。")
        if not stamp_once(self, "reached_on", on, evidence=evidence):
            raise Refused("このマイルストーンは、もう到達しています。")
        record(self, "マイルストーンの到達", by=by, after={"到達日": on}, reason=evidence)
