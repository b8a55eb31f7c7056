"""Flow 業務フロー: the draft of a process model, its to-be copies, and the versions frozen from it."""

import secrets
from dataclasses import replace

from django.db import models, transaction
from django.db.models import Q
from django.utils import timezone

from todoke.accounts.actors import Actor, user_of
from todoke.accounts.models import User
from todoke.audit.immutable import ImmutableModel
from todoke.audit.log import record
from todoke.audit.transitions import compare_and_set
from todoke.flows.flow_document import document_from_table, fingerprint, scenario_from_document, table_from_document
from todoke.flows.permissions import EDIT_FLOW
from todoke.flows.simulation.scenario import Scenario
from todoke.flows.step_table import StepTable
from todoke.organization.models import Department
from todoke.runtime.refusals import Conflict


class FlowQuerySet(models.QuerySet["Flow"]):
    def as_is(self) -> "FlowQuerySet":
        """Return the flows of work as it is today."""
        return self.filter(kind=Flow.Kind.AS_IS)

    def named(self, words: str) -> "FlowQuerySet":
        """Return the flows whose title or number contains the words."""
        return self.filter(Q(title__contains=words) | Q(number__contains=words))


class Flow(models.Model):
    """業務フロー: a process model of one piece of work, as it is (現状) or as it is to be (見直し案)."""

    class Kind(models.TextChoices):
        AS_IS = "as-is", "現状"
        TO_BE = "to-be", "見直し案"

    number = models.SlugField("番号", max_length=20, unique=True)
    title = models.CharField("名称", max_length=120)
    kind = models.CharField("区分", max_length=10, choices=Kind.choices, default=Kind.AS_IS)
    origin = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="revisions", verbose_name="もとの現状"
    )
    department = models.ForeignKey(Department, models.PROTECT, null=True, blank=True, verbose_name="部署")
    document = models.JSONField("文書")
    revision = models.PositiveIntegerField("保存の回数", default=1)
    edited_at = models.DateTimeField("最後に保存", default=timezone.now)
    edited_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name="保存した人")

    objects = FlowQuerySet.as_manager()

    class Meta:
        verbose_name = "業務フロー"
        ordering = ["-edited_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind="as-is", origin=None) | Q(kind="to-be", origin__isnull=False),
                name="flows_only_a_to_be_has_an_origin",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title}({self.get_kind_display()})"

    def can_edit(self, user: User) -> bool:
        """Return whether a person may change the flow: a designer, headquarters, or its own department."""
        return EDIT_FLOW.held_by(user, self.department)

    @property
    def table(self) -> StepTable:
        """Return the step table of the draft."""
        return table_from_document(self.document)

    @property
    def scenario(self) -> Scenario | None:
        """Return the scenario last simulated, None when there is none."""
        return scenario_from_document(self.document)

    @classmethod
    @transaction.atomic
    def begin(cls, table: StepTable, title: str, *, by: Actor, department: Department | None = None) -> "Flow":
        """Create an as-is flow with a step table, which takes the title, and its audit entry."""
        flow = cls.objects.create(
            number=_fresh_number(),
            title=title,
            department=department,
            document=document_from_table(replace(table, title=title)),
            edited_by=user_of(by),
        )
        record(flow, "業務フローの作成", by=by, after={"名称": title, "文書": fingerprint(flow.document)})
        return flow

    @transaction.atomic
    def copy_to_be(self, *, by: Actor, department: Department | None = None) -> "Flow":
        """Create a to-be flow from this one, for its own or another department; its origin is the as-is flow."""
        origin = self.origin or self
        copy = Flow.objects.create(
            number=_fresh_number(),
            title=self.title,
            kind=Flow.Kind.TO_BE,
            origin=origin,
            department=department or self.department,
            document=self.document,
            edited_by=user_of(by),
        )
        record(copy, "見直し案の作成", by=by, after={"もと": origin.number, "文書": fingerprint(copy.document)})
        return copy

    @transaction.atomic
    def save_table(
        self, table: StepTable, *, by: Actor, revision: int | None = None, scenario: Scenario | None = None
    ) -> None:
        """Save a step table and a scenario. Raises Conflict when somebody saved since ``revision`` was read."""
        before, seen = fingerprint(self.document), revision if revision is not None else self.revision
        document = document_from_table(table, scenario or self.scenario)
        saved = compare_and_set(
            self,
            {"revision": seen},
            document=document,
            title=table.title or self.title,
            revision=seen + 1,
            edited_at=timezone.now(),
            edited_by=user_of(by),
        )
        if not saved:
            raise Conflict(
                "ほかの人が先に保存しました。あなたの入力はこの画面に残っています。開き直して確かめてください。"
            )
        if before != fingerprint(document):
            record(self, "業務フローの保存", by=by, before={"文書": before}, after={"文書": fingerprint(document)})

    @transaction.atomic
    def freeze(self, *, by: Actor, note: str = "") -> "FlowVersion":
        """Create an immutable version of the draft; an unchanged draft returns its latest version."""
        Flow.objects.select_for_update().get(pk=self.pk)
        latest = self.versions.order_by("-number").first()
        seal = fingerprint(self.document)
        if latest is not None and latest.hash == seal:
            return latest
        version = FlowVersion.objects.create(
            flow=self,
            number=latest.number + 1 if latest else 1,
            document=self.document,
            hash=seal,
            note=note,
            frozen_by=user_of(by),
        )
        record(self, "業務フローの版の確定", by=by, reason=note, after={"版": version.number, "文書": seal})
        return version


class FlowVersion(ImmutableModel):
    """業務フローの版: an immutable copy of a flow's document, to compare later measurements with."""

    FROZEN = "確定した版"

    flow = models.ForeignKey(Flow, models.PROTECT, related_name="versions", verbose_name="業務フロー")
    number = models.PositiveIntegerField("版")
    document = models.JSONField("文書")
    hash = models.CharField("照合値", max_length=64)
    note = models.CharField("メモ", max_length=300, blank=True)
    frozen_at = models.DateTimeField("確定日時", auto_now_add=True)
    frozen_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name="確定した人")

    class Meta:
        verbose_name = "業務フローの版"
        ordering = ["flow", "number"]
        constraints = [models.UniqueConstraint(fields=["flow", "number"], name="flows_one_version_per_number")]

    def __str__(self) -> str:
        return f"{self.flow} 第{self.number}版"

    @property
    def table(self) -> StepTable:
        """Return the step table of the version."""
        return table_from_document(self.document)


def _fresh_number() -> str:
    return f"f-{secrets.token_hex(4)}"
