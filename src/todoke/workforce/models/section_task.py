"""Section tasks 業務: what a section spends its minutes on, and what keeps each minute in the office."""

from typing import Any

from django.db import models, transaction
from django.db.models import Q, Sum

from todoke.accounts.models import User
from todoke.audit.log import lock_subject, record
from todoke.flows.effort import expected_executions
from todoke.flows.models import Flow
from todoke.flows.step_table import with_implicit_nodes
from todoke.organization.models import Department
from todoke.procedures.models import Procedure
from todoke.runtime.refusals import Conflict, NotAllowed, Refused
from todoke.workforce.models.month_sheet import token
from todoke.workforce.permissions import DESCRIBE_TASKS
from todoke.workforce.task_suitability import BarrierKind, TaskMinutes


class SectionTaskQuerySet(models.QuerySet["SectionTask"]):
    def visible_to(self, user: User) -> "SectionTaskQuerySet":
        """All for who sees every section, else those of the sections whose tasks the person describes."""
        if DESCRIBE_TASKS.held_by(user):
            return self
        return self.filter(department__in=[each.pk for each in DESCRIBE_TASKS.departments_of(user)])

    def minutes(self) -> list[TaskMinutes]:
        """Return the rows as the pure rules take them, in two queries."""
        rows = self.select_related("department").prefetch_related("barriers")
        return [
            TaskMinutes(
                row.department.name, row.name, row.minutes, {each.kind: each.minutes for each in row.barriers.all()}
            )
            for row in rows
        ]  # fmt: skip


class SectionTask(models.Model):
    """業務: a task of a section with its minutes a month, joined to a procedure or to a step of a flow."""

    token = models.CharField("番号", max_length=16, unique=True, default=token)
    department = models.ForeignKey(Department, models.PROTECT, related_name="+", verbose_name="部署")
    name = models.CharField("業務", max_length=100)
    minutes = models.PositiveIntegerField("1か月の分")
    source = models.CharField("分の根拠", max_length=100)
    procedure = models.ForeignKey(
        Procedure, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="手続"
    )
    flow = models.ForeignKey(Flow, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="業務フロー")
    step_key = models.CharField("手順", max_length=40, blank=True)

    objects = SectionTaskQuerySet.as_manager()

    class Meta:
        verbose_name = "業務"
        ordering = ["department__code", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["department", "name"], name="workforce_one_task_of_a_name"),
            models.CheckConstraint(condition=Q(minutes__gt=0), name="workforce_a_task_takes_time"),
        ]

    def __str__(self) -> str:
        return self.name

    @classmethod
    @transaction.atomic
    def describe(
        cls, department: Department, name: str, minutes: int, source: str, *, by: User, **more: Any
    ) -> "SectionTask":
        """業務を書き出す. Raises NotAllowed, Refused without minutes or words, Conflict for a name that is there."""
        _require(by, department)
        if not name.strip() or not source.strip() or minutes < 1:
            raise Refused("業務の名前、1分以上の1か月の分、その根拠(実測・見積など)を書いてください。")
        if cls.objects.filter(department=department, name=name.strip()).exists():
            raise Conflict("同じ名前の業務が、もうあります。")
        made = cls.objects.create(
            department=department, name=name.strip(), minutes=minutes, source=source.strip(), **more
        )
        record(made, "業務の書き出し", by=by, after={"業務": made.name, "分": minutes}, first=True)
        return made

    @transaction.atomic
    def take_from_flow(self, cases_a_month: int, *, by: User) -> int:
        """フローから数える: set the minutes to those of its step in the flow for so many cases; return them.

        Raises NotAllowed, Refused without a step of a flow or below the minutes of its barriers.
        """
        _require(by, self.department)
        table = with_implicit_nodes(self.flow.table) if self.flow else None
        row = next((each for each in table.rows if each.key == self.step_key), None) if table else None
        if table is None or row is None:
            raise Refused("この業務に、業務フローの手順が結び付いていません。")
        minutes = round(expected_executions(table)[row.key] * row.work.usual * cases_a_month)
        if minutes < max(1, self.barrier_minutes()):
            raise Refused("フローから数えた分が、妨げの分より少なくなります。妨げの分を減らすと、計算できます。")
        SectionTask.objects.filter(pk=self.pk).update(minutes=minutes, source=f"業務フロー({cases_a_month}件)")
        record(self, "業務の分をフローから計算", by=by, before={"分": self.minutes}, after={"分": minutes})
        self.minutes = minutes
        return minutes

    @transaction.atomic
    def note_barrier(self, kind: str, minutes: int, remedy: str, *, by: User) -> None:
        """妨げを書く: what keeps minutes in the office, and what would remove it; zero minutes remove the row.

        Raises NotAllowed, Refused where the barriers together take longer than the task.
        """
        _require(by, self.department)
        lock_subject(f"workforce/task/{self.pk}")
        others = self.barriers.exclude(kind=kind).aggregate(total=Sum("minutes"))["total"] or 0
        if minutes + others > self.minutes:
            said = f"妨げの合計({minutes + others}分)が、業務の分({self.minutes}分)を超えます。分け直してください。"
            raise Refused(said)
        if minutes:
            self.barriers.update_or_create(kind=kind, defaults={"minutes": minutes, "remedy": remedy.strip()})
        else:
            self.barriers.filter(kind=kind).delete()
        record(self, "業務の妨げ", by=by, after={"種類": kind, "分": minutes})

    def barrier_minutes(self) -> int:
        """Return the minutes of all barriers."""
        return int(self.barriers.aggregate(total=Sum("minutes"))["total"] or 0)


class TaskBarrier(models.Model):
    """妨げ: minutes of a task that keep it in the office, and what would remove them."""

    task = models.ForeignKey(SectionTask, models.CASCADE, related_name="barriers", verbose_name="業務")
    kind = models.CharField("種類", max_length=10, choices=BarrierKind)
    minutes = models.PositiveIntegerField("分")
    remedy = models.CharField("なくすには", max_length=100, blank=True)

    class Meta:
        verbose_name = "妨げ"
        ordering = ["-minutes", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["task", "kind"], name="workforce_one_barrier_of_a_kind"),
            models.CheckConstraint(condition=Q(minutes__gt=0), name="workforce_a_barrier_takes_time"),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.minutes}分"


def _require(by: User, department: Department) -> None:
    if not DESCRIBE_TASKS.held_by(by, department):
        raise NotAllowed("業務と妨げを書けるのは、部署の担当と課長、推進本部の事務局です。")
