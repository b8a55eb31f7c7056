"""Incidents 障害: estimated and actual impact, causes, steps and notices; 調査中 until closed."""

from datetime import date
from typing import Any, ClassVar

from django.db import models, transaction
from django.db.models import F, Q
from django.utils import timezone

from todoke.accounts.actors import Actor, label_of
from todoke.accounts.models import User
from todoke.audit.log import record
from todoke.audit.sequences import next_of_year
from todoke.audit.transitions import Transitions, compare_and_set, stamp_once, transition
from todoke.japanese.calendar import business_date
from todoke.runtime.refusals import Refused
from todoke.systems import signals
from todoke.systems.models.register import InformationSystem
from todoke.systems.permissions import HANDLE_INCIDENT


class Incident(models.Model):
    """障害: a failure of a system, under investigation until closed with causes and prevention."""

    class Status(models.TextChoices):
        INVESTIGATING = "investigating", "調査中"
        CLOSED = "closed", "終結"

    NEXT: ClassVar[Transitions] = {Status.INVESTIGATING: frozenset({Status.CLOSED}), Status.CLOSED: frozenset()}

    number = models.CharField("障害番号", max_length=20, unique=True, editable=False)
    system = models.ForeignKey(InformationSystem, models.PROTECT, related_name="incidents", verbose_name="情報システム")
    title = models.CharField("件名", max_length=150)
    detected_at = models.DateTimeField("検知日時")
    detected_by = models.CharField("検知のしかた", max_length=100, blank=True)
    symptoms = models.TextField("事象")
    affected_estimate = models.PositiveIntegerField("影響した人数(推計)", null=True, blank=True)
    estimate_basis = models.CharField("推計の根拠", max_length=200, blank=True)
    affected_actual = models.PositiveIntegerField("影響した人数(実数)", null=True, blank=True)
    actual_basis = models.CharField("実数の根拠", max_length=200, blank=True)
    direct_cause = models.TextField("直接の原因", blank=True)
    root_cause = models.TextField("根本の原因", blank=True)
    status = models.CharField("状態", max_length=15, choices=Status, default=Status.INVESTIGATING)
    closed_at = models.DateTimeField("終結日時", null=True, blank=True)

    class Meta:
        verbose_name = "障害"
        ordering = ["-detected_at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(status="investigating")
                | (~Q(direct_cause="") & ~Q(root_cause="") & Q(closed_at__isnull=False)),
                name="systems_closed_with_both_causes",
            ),
            models.CheckConstraint(
                condition=Q(affected_actual__isnull=True) | ~Q(actual_basis=""), name="systems_an_actual_has_its_basis"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.title}"

    @classmethod
    @transaction.atomic
    def open(
        cls, *, system: InformationSystem, title: str, symptoms: str, detected_at: Any, by: Actor, **more: Any
    ) -> "Incident":
        """Open an incident with the status 調査中."""
        number = next_of_year(cls.objects.all(), business_date(detected_at).year)
        incident = cls.objects.create(
            number=number, system=system, title=title, symptoms=symptoms, detected_at=detected_at, **more
        )
        record(incident, "障害の登録", by=by, after={"システム": system.code})
        signals.incident_opened.send(cls, incident=incident, by=by)
        return incident

    @transaction.atomic
    def count_affected(self, *, people: int, basis: str, by: Actor) -> None:
        """Record how many people were affected (影響の実数), beside the estimate. Raises Refused."""
        if not basis.strip():
            raise Refused("実数には、数えた根拠(記録の名前など)を書いてください。")
        before = {"実数": self.affected_actual}
        self._write_while_open(affected_actual=people, actual_basis=basis)
        record(self, "影響の実数の記録", by=by, before=before, after={"実数": people}, reason=basis)

    @transaction.atomic
    def record_causes(self, *, direct: str, root: str, by: Actor) -> None:
        """Record the direct and the root cause (原因). Raises Refused when it is closed."""
        before = {"直接の原因": self.direct_cause, "根本の原因": self.root_cause}
        self._write_while_open(direct_cause=direct, root_cause=root)
        record(self, "原因の記録", by=by, before=before, after={"直接の原因": direct, "根本の原因": root})

    @transaction.atomic
    def close(self, *, by: Actor) -> None:
        """Close (終結): causes recorded, outages ended, prevention done with evidence. Raises Refused otherwise."""
        if not (self.direct_cause and self.root_cause):
            raise Refused("直接の原因と根本の原因を書くまで、調査中のままです。")
        if self.outages.filter(ends_at__isnull=True).exists():
            raise Refused("復旧していない停止があります。")
        if not self.steps.filter(kind=IncidentStep.Kind.PREVENTION).exists():
            raise Refused("再発防止策を書いてください。")
        if self.steps.filter(
            kind__in=[IncidentStep.Kind.PREVENTION, IncidentStep.Kind.DEMAND], done_on__isnull=True
        ).exists():
            raise Refused("終わっていない再発防止策か事業者への求めがあります。")
        if not transition(self, Incident.Status.CLOSED, closed_at=timezone.now()):
            raise Refused("この障害は終結しています。")
        record(self, "障害の終結", by=by)
        signals.incident_closed.send(type(self), incident=self, by=by)

    def _write_while_open(self, **changes: Any) -> None:
        if not compare_and_set(self, {"status": Incident.Status.INVESTIGATING}, **changes):
            raise Refused("この障害は終結しています。")

    def affected_procedures(self) -> "models.QuerySet[Any]":
        """The dependencies of procedures on the system, from the register."""
        return self.system.dependencies.select_related("procedure", "procedure__department")

    @property
    def why_rows_are_closed(self) -> str:
        """The reason why steps and outages are read-only, or "" while the incident is open."""
        return "この障害は終結しています。" if self.status == Incident.Status.CLOSED else ""

    def can_edit(self, user: User) -> bool:
        """Whether the user is of the headquarters or administers systems."""
        return HANDLE_INCIDENT.held_by(user)


class Outage(models.Model):
    """停止: a period in which an incident took away the function or a part of it."""

    incident = models.ForeignKey(Incident, models.CASCADE, related_name="outages", verbose_name="障害")
    starts_at = models.DateTimeField("停止の始まり")
    ends_at = models.DateTimeField("復旧", null=True, blank=True)
    weight = models.DecimalField("失われた機能の割合", max_digits=3, decimal_places=2, default=1)
    what = models.CharField("止まった機能", max_length=200, blank=True)

    class Meta:
        verbose_name = "停止"
        ordering = ["starts_at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_at__isnull=True) | Q(ends_at__gt=F("starts_at")),
                name="systems_outage_ends_after_it_starts",
                violation_error_message="復旧は、停止の始まりより後の時刻にしてください。",
            ),
            models.CheckConstraint(
                condition=Q(weight__gt=0, weight__lte=1),
                name="systems_weight_is_a_part",
                violation_error_message="失われた機能の割合は、0より大きく1以下で書いてください。",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.incident.number} {self.starts_at}"

    @property
    def why_closed(self) -> str:
        return self.incident.why_rows_are_closed


class IncidentStep(models.Model):
    """障害への対応: a remedy, an alternative, a notice, a demand on the vendor, or a prevention."""

    class Kind(models.TextChoices):
        REMEDY = "remedy", "応急の対応"
        ALTERNATIVE = "alternative", "代わりの方法"
        NOTICE = "notice", "お知らせ"
        DEMAND = "demand", "事業者への求め"
        PREVENTION = "prevention", "再発防止"

    incident = models.ForeignKey(Incident, models.CASCADE, related_name="steps", verbose_name="障害")
    kind = models.CharField("種類", max_length=12, choices=Kind)
    text = models.TextField("内容")
    due = models.DateField("期限", null=True, blank=True)
    done_on = models.DateField("済んだ日", null=True, blank=True)
    evidence = models.CharField("根拠", max_length=300, blank=True)
    at = models.DateTimeField("記録日時", default=timezone.now)
    by_label = models.CharField("記録した人", max_length=100, blank=True)

    class Meta:
        verbose_name = "障害への対応"
        ordering = ["incident", "at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(kind="prevention") | Q(done_on__isnull=True) | ~Q(evidence=""),
                name="systems_prevention_has_evidence",
                violation_error_message="済んだ再発防止策には、根拠を書いてください。",
            ),
            models.CheckConstraint(
                condition=~Q(kind="demand") | Q(due__isnull=False),
                name="systems_demands_have_a_date",
                violation_error_message="事業者への求めには、期限を書いてください。",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.text[:30]}"

    @property
    def why_closed(self) -> str:
        return self.incident.why_rows_are_closed

    @classmethod
    @transaction.atomic
    def add(cls, incident: Incident, *, kind: str, text: str, by: Actor, **more: Any) -> "IncidentStep":
        """Add a step to an incident. Raises Refused for a demand without a due date."""
        if kind == cls.Kind.DEMAND and not more.get("due"):
            raise Refused("事業者への求めには期限が必要です。")
        step = cls.objects.create(incident=incident, kind=kind, text=text, by_label=label_of(by), **more)
        record(incident, "障害への対応", by=by, after={"種類": kind})
        return step

    @transaction.atomic
    def finish(self, *, on: date, evidence: str, by: Actor) -> None:
        """Mark the step done with its evidence (済み). Raises Refused."""
        if self.why_closed or not evidence.strip():
            raise Refused(self.why_closed or "済みにするには、根拠を書いてください。")
        if not stamp_once(self, "done_on", on, evidence=evidence):
            raise Refused("この対応は、もう済みになっています。")
        record(self.incident, "障害への対応の完了", by=by, after={"対応": self.pk, "日": on}, reason=evidence)
