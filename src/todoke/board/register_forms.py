"""Register forms 記入用紙: every register with rows that staff edit, and its fields."""

from dataclasses import dataclass, field
from typing import Any

from django.db import models
from django.db.models import F, QuerySet, Window
from django.db.models.functions import RowNumber
from django.forms import ModelForm
from django.urls import reverse
from django.utils.crypto import salted_hmac

from todoke.board.forms.changes import ChangeForm
from todoke.insights import models as insights
from todoke.meetings.models import Body
from todoke.plans.models import Indicator, Measure, Milestone, Plan, Strategy, Target
from todoke.systems import models as systems

ALL = "all"


@dataclass(frozen=True)
class RegisterForm:
    """用紙: the model and fields of one register, the owner of its rows, and the page that shows them."""

    model: type[models.Model]
    fields: tuple[str, ...]
    home: str
    owner: type[models.Model] | None = None
    path: str = ""
    key: str = "code"
    limits: dict[str, str] = field(default_factory=dict)
    fixed: bool = False
    form: type[ModelForm[Any]] = ModelForm

    @property
    def term(self) -> str:
        """The Japanese term of a row."""
        return str(self.model._meta.verbose_name)

    def owner_of(self, key: str) -> models.Model | None:
        """Return the owner by its key, or None for a register without owner. Raises ObjectDoesNotExist."""
        return None if self.owner is None else self.owner._base_manager.get(**{self.key: key})

    def rows(self, owner: models.Model | None) -> QuerySet[Any]:
        """Return the rows of an owner, each with its place in the order of writing."""
        found: QuerySet[Any] = self.model._base_manager.all()
        if owner is not None:
            found = found.filter(**{self.path: owner.pk})
        numbered: QuerySet[Any] = found.annotate(place=Window(RowNumber(), order_by=F("pk").asc()))
        return numbered

    def row(self, owner: models.Model | None, key: str) -> models.Model | None:
        """Return the row of a key, or None where it is gone or another owner's."""
        rows = self.rows(owner)
        found = next((pk for pk in rows.values_list("pk", flat=True) if _key(self.model, pk) == key), None)
        return None if found is None else rows.get(pk=found)

    def blank(self, owner: models.Model | None) -> models.Model:
        """Return a new row of the owner."""
        hangs_on = owner is not None and "__" not in self.path
        return self.model(**{self.path: owner} if hangs_on else {})

    def back(self, key: str) -> str:
        """Return the URL of the page that shows the rows."""
        return reverse(self.home, args=[key] if self.owner is not None else [])


def _system(model: type[models.Model], *fields: str, path: str = "system", **more: Any) -> RegisterForm:
    return RegisterForm(model, fields, "board:system", systems.InformationSystem, path, **more)


def _plan(model: type[models.Model], *fields: str, path: str = "plan", **more: Any) -> RegisterForm:
    return RegisterForm(model, fields, "board:plan", Plan, path, **more)


def _incident(model: type[models.Model], *fields: str) -> RegisterForm:
    return RegisterForm(model, fields, "board:incident", systems.Incident, "incident", key="number")


def _subscription(model: type[models.Model], *fields: str) -> RegisterForm:
    return RegisterForm(model, fields, "board:subscription", systems.Subscription, "subscription")


OF_SYSTEMS: dict[str, RegisterForm] = {
    "systems": RegisterForm(
        systems.InformationSystem,
        ("code", "name", "department", "vendor", "standard_task", "started_on", "last_used_on", "decision",
         "decision_reason", "read_only_server"),
        "board:systems",
    ),
    "contracts": _system(systems.Contract, "title", "vendor", "starts_on", "ends_on", "monthly_fee_yen"),
    "costs": _system(systems.YearlyCost, "fiscal_year", "yen", "rise_reason"),
    "dependencies": _system(systems.Dependency, "procedure", "strength", "alternative"),
    "levels": _system(
        systems.ServiceLevel, "contract", "target", "hours", "opens", "closes", "weekdays", "clause",
        path="contract__system", limits={"contract": "system"},
    ),
    "credits": _system(
        systems.CreditStepRow, "level", "below", "percent",
        path="level__contract__system", limits={"level": "contract__system"},
    ),
    "stops": _system(systems.PlannedStop, "starts_at", "ends_at", "reason"),
    "changes": _system(systems.Change, "kind", "title", "starts_at", "ends_at", "predecessors", form=ChangeForm),
    "restores": _system(
        systems.RestoreTest, "failed_at", "backup_at", "started_at", "finished_at", "rto_minutes", "rpo_minutes",
        "evidence",
    ),
    "standards": RegisterForm(
        systems.StandardTask,
        ("stage", "not_applicable_reason", "planned_year", "provider", "cost_yen", "subsidy_yen", "base_cost_yen",
         "running_cost_yen", "attached_work"),
        "board:standards", fixed=True,
    ),
    "device-pools": RegisterForm(systems.DevicePool, ("code", "name", "system", "is_individual"), "office:devices"),
    "report-deadlines": RegisterForm(
        systems.ReportDeadline, ("data_class", "title", "days", "source", "confirmed_on"), "office:device-losses"
    ),
    "subscriptions": RegisterForm(
        systems.Subscription,
        ("code", "name", "system", "department", "kind", "trial_from", "trial_until", "notice_days", "stated_yen",
         "stated_source"),
        "board:subscriptions",
    ),
    "budgets": RegisterForm(
        systems.BudgetCalendar, ("fiscal_year", "request_opens_on", "request_closes_on", "effective_on"),
        "board:subscriptions",
    ),
    "prices": _subscription(systems.LicencePrice, "yen", "seats", "starts_on", "ends_on", "is_taxed"),
    "licence-uses": _subscription(systems.LicenceUse, "month", "active_seats", "source"),
    "alternatives": _subscription(systems.Alternative, "name", "yearly_yen", "criterion", "score", "reason"),
    "certificate-routes": RegisterForm(
        insights.CertificateRoute,
        ("kind", "system", "place", "opens_at", "closes_at", "closed_days", "source", "confirmed_on"),
        "board:certificates",
    ),
    "issuing-fees": RegisterForm(
        insights.IssuingFee, ("yen", "starts_on", "ends_on", "source"), "board:certificates"
    ),
    "issuing-bills": RegisterForm(insights.IssuingBill, ("month", "yen", "source"), "board:certificates"),
    "statement-layouts": RegisterForm(
        insights.StatementLayout, ("name", "month_head", "what_head", "count_head", "route"), "board:certificates"
    ),
    "busy": RegisterForm(systems.BusyPeriod, ("title", "starts_on", "ends_on", "department"), "board:changes"),
    "drills": RegisterForm(
        systems.Drill, ("title", "held_on", "scenario", "systems", "departments", "incident"), "board:changes"
    ),
    "findings": RegisterForm(
        systems.DrillFinding, ("drill", "text", "department", "due", "closed_on", "evidence"), "board:changes"
    ),
    "steps": _incident(systems.IncidentStep, "kind", "text", "due", "done_on", "evidence"),
    "outages": _incident(systems.Outage, "starts_at", "ends_at", "weight", "what"),
    "notices": _incident(systems.IncidentNotice, "subject", "body"),
}  # fmt: skip
OF_PLANS: dict[str, RegisterForm] = {
    "plans": RegisterForm(Plan, ("code", "title", "starts_on", "ends_on", "aim", "predecessor"), "board:plans"),
    "strategies": _plan(Strategy, "position", "title"),
    "measures": _plan(Measure, "strategy", "code", "title", "department", "outline", limits={"strategy": "plan"}),
    "milestones": _plan(
        Milestone, "measure", "title", "due_on", "reached_on", "evidence", path="measure__plan",
        limits={"measure": "plan"},
    ),
    "indicators": _plan(
        Indicator, "measure", "code", "name", "numerator", "denominator", "basis", "source", "unit", "direction",
        "own_figure", path="measure__plan", limits={"measure": "plan"},
    ),
    "targets": _plan(
        Target, "indicator", "fiscal_year", "value", path="indicator__measure__plan",
        limits={"indicator": "measure__plan"},
    ),
}  # fmt: skip
OF_MEETINGS: dict[str, RegisterForm] = {
    "bodies": RegisterForm(Body, ("code", "name", "members"), "board:meetings"),
}
REGISTERS = OF_SYSTEMS | OF_PLANS | OF_MEETINGS


def row_key(row: models.Model) -> str:
    """Return the public key of a register row, which stays the same when rows beside it come and go."""
    return _key(type(row), row.pk)


def _key(model: type[models.Model], pk: int) -> str:
    return salted_hmac("todoke.board.register", f"{model._meta.label} {pk}", algorithm="sha256").hexdigest()[:20]
