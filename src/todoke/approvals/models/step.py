"""Steps 回付先 of a proposal, the dossier 伺い文 of each round, and the decisions 決裁行為 made at the steps."""

import hashlib
import json
from typing import Any, ClassVar

from django.db import models
from django.db.models import Q

from todoke.accounts.models import User
from todoke.approvals.authority import Capacity, holders
from todoke.approvals.models.route import Stop
from todoke.audit.immutable import ImmutableModel
from todoke.audit.transitions import Transitions
from todoke.compiled_queries import CompiledQuery, Parameter
from todoke.organization.models import Department, Post


def dossier_hash(sheet: dict[str, Any]) -> str:
    """Return the SHA-256 of everything a decider is shown, as canonical JSON."""
    return hashlib.sha256(json.dumps(sheet, ensure_ascii=False, sort_keys=True).encode()).hexdigest()


class Dossier(ImmutableModel):
    """伺い文: what the deciders of one round are shown: immutable text, figures and hashes of papers."""

    FROZEN = "回付した伺い文"

    proposal = models.ForeignKey("Proposal", models.PROTECT, related_name="dossiers", verbose_name="起案")
    round = models.PositiveSmallIntegerField("回")
    title = models.CharField("件名", max_length=200)
    amount = models.BigIntegerField("金額", null=True)
    content = models.JSONField("内容")
    hash = models.CharField("内容の封印", max_length=64)
    written_at = models.DateTimeField("作成日時", auto_now_add=True)

    class Meta:
        verbose_name = "伺い文"
        ordering = ["proposal", "round"]
        constraints = [
            models.UniqueConstraint(fields=["proposal", "round"], name="approvals_one_dossier_per_round"),
        ]

    def __str__(self) -> str:
        return f"{self.title} 第{self.round}回"

    def compute_hash(self) -> str:
        """Return the hash computed anew; it differs from the stored one when the row was tampered with."""
        return dossier_hash(
            {
                "number": self.proposal.number,
                "round": self.round,
                "title": self.title,
                "kind": self.proposal.kind,
                "amount": self.amount,
                "importance": self.proposal.importance,
                "content": self.content,
            }
        )

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.hash = self.compute_hash()
        super().save(*args, **kwargs)


class Step(models.Model):
    """回付先: a post on a proposal's route in one round. Who may act is decided at the moment of acting."""

    class Status(models.TextChoices):
        WAITING = "waiting", "未到達"
        OPEN = "open", "処理待ち"
        DONE = "done", "処理済み"
        SKIPPED = "skipped", "省略"
        CANCELLED = "cancelled", "取りやめ"

    NEXT: ClassVar[Transitions] = {
        Status.WAITING: frozenset({Status.OPEN, Status.CANCELLED}),
        Status.OPEN: frozenset({Status.DONE, Status.CANCELLED}),
        Status.DONE: frozenset(),
        Status.SKIPPED: frozenset(),
        Status.CANCELLED: frozenset(),
    }

    proposal = models.ForeignKey("Proposal", models.PROTECT, related_name="steps", verbose_name="起案")
    round = models.PositiveSmallIntegerField("回")
    position = models.PositiveSmallIntegerField("順序")
    kind = models.CharField("種別", max_length=10, choices=Stop.Kind.choices)
    role = models.CharField("役割", max_length=20, choices=Post.Role.choices)
    department = models.ForeignKey(Department, models.PROTECT, null=True, related_name="+", verbose_name="部署")
    status = models.CharField("状態", max_length=10, choices=Status.choices, default=Status.WAITING)
    note = models.CharField("注記", max_length=100, blank=True)
    arrived_at = models.DateTimeField("到達日時", null=True)

    class Meta:
        verbose_name = "回付先"
        ordering = ["proposal", "round", "position", "pk"]
        indexes = [
            models.Index(fields=["role", "department"], name="approvals_open_steps", condition=Q(status="open")),
            models.Index(fields=["role", "department"], name="approvals_steps_by_post"),
        ]

    def __str__(self) -> str:
        place = self.department.name if self.department else ""
        return f"{place}{self.get_role_display()}({self.get_kind_display()})"

    def people(self) -> list[User]:
        """Return who holds the post now."""
        return holders(self.role, self.department)


def _steps_query() -> models.QuerySet[Step]:
    number, turn = Parameter("proposal", models.IntegerField()), Parameter("round", models.IntegerField())
    found = Step.objects.filter(proposal=number, round=turn).select_related("department")
    return found.order_by("position", "pk")


_STEPS = CompiledQuery(_steps_query)


def steps_of(proposal: int, turn: int) -> list[Step]:
    """Return the steps of a proposal's round in their order."""
    return _STEPS.all(proposal=proposal, round=turn)


class StepDecision(models.Model):
    """決裁行為: what one person decided at one step, in which capacity, with the hash of the dossier they saw."""

    class Outcome(models.TextChoices):
        APPROVE = "approve", "承認"
        RETURN = "return", "差戻し"
        REJECT = "reject", "否決"
        READ = "read", "閲覧"

    step = models.OneToOneField(Step, models.PROTECT, related_name="decision", verbose_name="回付先")
    by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="処理した人")
    post = models.ForeignKey(Post, models.PROTECT, related_name="+", verbose_name="職位")
    capacity = models.CharField("立場", max_length=10, choices=Capacity.choices)
    principal = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name="委任した人")
    outcome = models.CharField("結果", max_length=10, choices=Outcome.choices)
    opinion = models.TextField("意見", blank=True)
    dossier_hash = models.CharField("見た内容の封印", max_length=64)
    at = models.DateTimeField("日時", auto_now_add=True)
    read_after_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name="後閲した人")
    read_after_at = models.DateTimeField("後閲日時", null=True)

    class Meta:
        verbose_name = "決裁行為"
        ordering = ["at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(read_after_at__isnull=True) | Q(capacity="absence", read_after_by__isnull=False),
                name="approvals_only_decisions_in_absence_are_read_after",
            ),
        ]
        indexes = [
            models.Index(
                fields=["post"], name="approvals_unread_decisions",
                condition=Q(capacity=Capacity.ABSENCE, read_after_at__isnull=True),
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.step} {self.get_outcome_display()}"
