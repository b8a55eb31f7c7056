"""Calculation 計算の依頼: a simulation or an analysis that somebody asked for, done by a worker and kept."""

from datetime import datetime, timedelta
from typing import Any, ClassVar

from django.db import models, transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.crypto import get_random_string

from todoke.accounts.models import User
from todoke.audit.log import record
from todoke.audit.transitions import Transitions, compare_and_set, transition
from todoke.runtime.refusals import Conflict, NotAllowed

KEPT = timedelta(days=7)
"""How long a result can be read again."""
LOST = timedelta(minutes=6)
"""After so long a running one has lost its worker, and may be begun again."""


def new_token() -> str:
    """Return a random token of 32 characters."""
    return get_random_string(32)


class CalculationQuerySet(models.QuerySet["Calculation"]):
    def open(self) -> "CalculationQuerySet":
        """Those that wait or run."""
        return self.filter(status__in=[Calculation.Status.WAITING, Calculation.Status.RUNNING])

    def running(self, now: datetime | None = None) -> "CalculationQuerySet":
        """Those that a worker has in hand."""
        began = (now or timezone.now()) - LOST
        return self.filter(status=Calculation.Status.RUNNING, started_at__gt=began)

    def visible_to(self, user: User) -> "CalculationQuerySet":
        """A person's own."""
        return self.filter(asked_by=user)

    def analyses(self) -> "CalculationQuerySet":
        """Finished analyses of logs and of own cases."""
        return self.filter(kind__in=[Calculation.Kind.LOG, Calculation.Kind.CASES], status=Calculation.Status.DONE)

    def expired(self, now: datetime | None = None) -> "CalculationQuerySet":
        """Those that were asked for longer ago than results are kept."""
        return self.filter(asked_at__lt=(now or timezone.now()) - KEPT)


class Calculation(models.Model):
    """計算の依頼: one simulation or analysis with its order, how far it is, and its result; each for who asked."""

    class Kind(models.TextChoices):
        SIMULATION = "simulation", "試算"
        LOG = "log", "記録のファイルの分析"
        CASES = "cases", "区の案件の分析"

    class Status(models.TextChoices):
        WAITING = "waiting", "順番を待っています"
        RUNNING = "running", "計算しています"
        DONE = "done", "終わりました"
        FAILED = "failed", "終わりませんでした"
        CANCELLED = "cancelled", "やめました"

    NEXT: ClassVar[Transitions] = {
        Status.WAITING: frozenset({Status.RUNNING, Status.CANCELLED}),
        Status.RUNNING: frozenset({Status.RUNNING, Status.DONE, Status.FAILED, Status.CANCELLED}),
        Status.DONE: frozenset(),
        Status.FAILED: frozenset(),
        Status.CANCELLED: frozenset(),
    }

    token = models.CharField("合言葉", max_length=32, unique=True, default=new_token)
    kind = models.CharField("種類", max_length=12, choices=Kind.choices)
    title = models.CharField("名称", max_length=200)
    order = models.JSONField("条件")
    material = models.BinaryField("読む記録", null=True)
    status = models.CharField("状態", max_length=10, choices=Status.choices, default=Status.WAITING)
    done = models.PositiveIntegerField("済んだ数", default=0)
    whole = models.PositiveIntegerField("全部の数", default=0)
    result = models.JSONField("結果", null=True)
    refusal = models.CharField("終わらなかった理由", max_length=1000, blank=True)
    asked_by = models.ForeignKey(User, models.CASCADE, related_name="calculations", verbose_name="頼んだ人")
    asked_at = models.DateTimeField("頼んだ日時", default=timezone.now)
    started_at = models.DateTimeField("始めた日時", null=True)
    finished_at = models.DateTimeField("終わった日時", null=True)

    objects = CalculationQuerySet.as_manager()

    class Meta:
        verbose_name = "計算の依頼"
        ordering = ["-asked_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["asked_by"],
                condition=Q(status__in=["waiting", "running"]),
                name="flows_one_open_calculation_each",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title}({self.get_kind_display()})"

    @property
    def is_open(self) -> bool:
        return self.status in {self.Status.WAITING, self.Status.RUNNING}

    def start(self) -> bool:
        """Mark it as running, also again after its worker was lost; False where it runs or has ended."""
        now = timezone.now()
        lost = {"started_at__lte": now - LOST} if self.status == self.Status.RUNNING else None
        return transition(self, self.Status.RUNNING, read=lost, started_at=now)

    def note_progress(self, done: int, whole: int) -> bool:
        """Write how far it is; False where it is no longer running, so that the calculation stops."""
        return compare_and_set(self, {"status": self.Status.RUNNING}, done=done, whole=whole)

    def finish(self, result: Any) -> bool:
        """Keep the result; False where it was cancelled meanwhile. What was read is deleted."""
        return transition(self, self.Status.DONE, result=result, material=None, finished_at=timezone.now())

    def fail(self, said: str) -> bool:
        """Keep why there is no result; False where it was cancelled meanwhile. What was read is deleted."""
        now = timezone.now()
        return transition(self, self.Status.FAILED, refusal=said[:1000], material=None, finished_at=now)

    @transaction.atomic
    def cancel(self, *, by: User) -> None:
        """Cancel it (やめる); what was read is deleted. Raises NotAllowed for others, Conflict when it has ended."""
        if by.pk != self.asked_by_id:
            raise NotAllowed("この計算をやめられるのは、頼んだ人です。")
        if not self.is_open or not transition(self, self.Status.CANCELLED, material=None, finished_at=timezone.now()):
            raise Conflict("この計算は、すでに終わっています。画面を開き直して、結果を見てください。")
        record(self, "計算の取りやめ", by=by)
