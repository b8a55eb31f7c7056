"""Routes 決裁ルート: versions of the approval rules, immutable once published."""

from datetime import date

from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models, transaction
from django.db.models import F, Q

from todoke.accounts.actors import Actor
from todoke.approvals.approval_rules import ABOVE, ANY, FIXED, ApprovalRules, DecisionClassRule, StopRule
from todoke.audit.immutable import ImmutableModel
from todoke.audit.log import record
from todoke.japanese.calendar import today
from todoke.organization.models import Department, Post
from todoke.runtime.refusals import Refused


class NoRule(Refused):
    """専決区分なし: the rules of the route name no chain of posts for this matter, or more than one."""


class Importance(models.TextChoices):
    ORDINARY = "ordinary", "通常"
    IMPORTANT = "important", "重要"


def acting_department(place: str, fixed: Department | None, drafting: Department) -> Department | None:
    """Return the department whose post acts for a drafting department's proposal; None means any."""
    if place == ABOVE:
        return drafting.parent or drafting
    if place == ANY:
        return None
    return fixed if place == FIXED else drafting


class ImmutableRouteRow(ImmutableModel):
    """A row of a published route version, never changed."""

    FROZEN, INSTEAD = "公開した決裁ルート", "新しい版を公開してください。"

    class Meta:
        abstract = True


class RouteQuerySet(models.QuerySet["Route"]):
    def fitting(self, kind: str, on: date | None = None) -> "RouteQuerySet":
        """Routes with a chain of their own for a kind of matter; where there is none, those with a general chain alone.

        A route that names kinds is made for those, so it is not offered for others.
        """
        in_force = RouteVersion.objects.filter(route=models.OuterRef("pk"), starts_on__lte=on or today())
        latest = models.Subquery(in_force.order_by("-starts_on").values("pk")[:1])
        classes = DecisionClass.objects.filter(version=models.OuterRef("latest"))
        found = self.alias(latest=latest, named=models.Exists(classes.exclude(kind="")))
        own = found.filter(models.Exists(classes.filter(kind=kind)))
        return own if own.exists() else found.filter(latest__isnull=False, named=False)


class Route(models.Model):
    """決裁ルート: the identity of a set of approval rules, such as the mayor's 専決規程.

    The rules are in its versions.
    """

    code = models.CharField("コード", max_length=60, unique=True, validators=[RegexValidator(r"^[a-z0-9-]+$")])
    name = models.CharField("名称", max_length=100)

    objects = RouteQuerySet.as_manager()

    class Meta:
        verbose_name = "決裁ルート"
        ordering = ["code"]

    def __str__(self) -> str:
        return self.name

    def version_on(self, day: date | None = None) -> "RouteVersion":
        """Return the version in force on a business date (default: today). Raises NoRule when there is none."""
        version = self.versions.filter(starts_on__lte=day or today()).order_by("-starts_on").first()
        if version is None:
            raise NoRule(f"決裁ルート「{self.name}」には、この日に有効な版がありません。")
        return version

    @transaction.atomic
    def publish(self, rules: ApprovalRules, *, starts_on: date, basis: str, by: Actor) -> "RouteVersion":
        """Publish a version that is in force from a day until the next one begins.

        Raises ValidationError for defects.
        """
        if defects := rules.defects():
            raise ValidationError([f"{defect.place}: {defect.problem}" for defect in defects])
        version = RouteVersion(route=self, number=self.versions.count() + 1, starts_on=starts_on, basis=basis)
        version.full_clean()
        version.save()
        for position, rule in enumerate(rules.decision_classes, 1):
            version.add_decision_class(position, rule)
        record(self, "決裁ルートの公開", by=by, after={"版": version.number, "適用開始日": starts_on, "根拠": basis})
        return version


class RouteVersion(ImmutableRouteRow):
    """決裁ルートの版: published rules, in force from a day until the next version begins."""

    route = models.ForeignKey(Route, models.PROTECT, related_name="versions", verbose_name="決裁ルート")
    number = models.PositiveIntegerField("版")
    starts_on = models.DateField("適用開始日")
    basis = models.CharField("根拠規程", max_length=200)
    published_at = models.DateTimeField("公開日時", auto_now_add=True)

    class Meta:
        verbose_name = "決裁ルートの版"
        ordering = ["route", "number"]
        constraints = [
            models.UniqueConstraint(fields=["route", "number"], name="approvals_one_version_per_number"),
            models.UniqueConstraint(fields=["route", "starts_on"], name="approvals_one_version_per_day"),
        ]

    def __str__(self) -> str:
        return f"{self.route.name} 第{self.number}版"

    def add_decision_class(self, position: int, rule: DecisionClassRule) -> None:
        """Create one decision class with its stops while the version is being published."""
        decision_class = DecisionClass.objects.create(
            version=self, position=position, kind=rule.kind, above=rule.above, up_to=rule.up_to,
            importance=rule.importance, basis=rule.basis,
        )  # fmt: skip
        for stop in rule.stops:
            department = Department.objects.get(code=stop.department) if stop.department else None
            Stop.objects.create(
                decision_class=decision_class, position=stop.position, kind=stop.kind, role=stop.role, place=stop.place,
                department=department,
            )  # fmt: skip

    def rules(self) -> ApprovalRules:
        """Return the version as plain data."""
        return ApprovalRules(
            [decision_class.as_rule() for decision_class in self.decision_classes.prefetch_related("stops__department")]
        )

    def decision_class_for(self, kind: str, amount: int | None, importance: str) -> "DecisionClass":
        """Return the one decision class for a matter. Raises NoRule when none or several fit."""
        decision_classes = list(self.decision_classes.prefetch_related("stops__department"))
        found = ApprovalRules([decision_class.as_rule() for decision_class in decision_classes]).choose(
            kind, amount, importance
        )
        if len(found) != 1:
            raise NoRule(f"{self}には、この件名・金額・重要度に当てはまる専決区分がちょうど一つありません。")
        return decision_classes[found[0]]


class DecisionClass(ImmutableRouteRow):
    """専決区分: which matters take which chain of posts. Amounts in yen: above is exclusive, up to is inclusive."""

    version = models.ForeignKey(RouteVersion, models.PROTECT, related_name="decision_classes", verbose_name="版")
    position = models.PositiveSmallIntegerField("順序")
    kind = models.CharField("件名の種類", max_length=40, blank=True)
    above = models.BigIntegerField("これを超える金額", null=True, blank=True)
    up_to = models.BigIntegerField("この金額まで", null=True, blank=True)
    importance = models.CharField("重要度", max_length=10, choices=Importance.choices, blank=True)
    basis = models.CharField("根拠条項", max_length=200, blank=True)

    class Meta:
        verbose_name = "専決区分"
        ordering = ["version", "position"]
        constraints = [
            models.UniqueConstraint(fields=["version", "position"], name="approvals_one_decision_class_per_position"),
            models.CheckConstraint(
                condition=Q(above__isnull=True) | Q(up_to__isnull=True) | Q(up_to__gt=F("above")),
                name="approvals_decision_class_amounts_in_order",
            ),
        ]

    def __str__(self) -> str:
        return self.basis or f"区分{self.position}"

    def as_rule(self) -> DecisionClassRule:
        """Return the decision class as plain data."""
        return DecisionClassRule([stop.as_rule() for stop in self.stops.all()], self.kind, self.above, self.up_to,
                          self.importance, self.basis)  # fmt: skip


class Stop(ImmutableRouteRow):
    """経由職位: one post in the chain of a decision class; equal positions act in parallel."""

    class Kind(models.TextChoices):
        CONSULT = "consult", "回議"
        JOIN = "join", "合議"
        DECIDE = "decide", "決裁"
        CIRCULATE = "circulate", "供覧"

    class Place(models.TextChoices):
        OWN = "own", "起案した部署"
        ABOVE = "above", "起案した部署の上位の部署"
        FIXED = "fixed", "指定した部署"
        ANY = "any", "全庁"

    decision_class = models.ForeignKey(DecisionClass, models.PROTECT, related_name="stops", verbose_name="専決区分")
    position = models.PositiveSmallIntegerField("順序")
    kind = models.CharField("種別", max_length=10, choices=Kind.choices)
    role = models.CharField("役割", max_length=20, choices=Post.Role.choices)
    place = models.CharField("どの部署の", max_length=10, choices=Place.choices, default=Place.OWN)
    department = models.ForeignKey(Department, models.PROTECT, null=True, related_name="+", verbose_name="部署")

    class Meta:
        verbose_name = "経由職位"
        ordering = ["decision_class", "position", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(place="fixed", department__isnull=False) | ~Q(place="fixed"),
                name="approvals_a_fixed_stop_names_its_department",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.get_role_display()}"

    def as_rule(self) -> StopRule:
        """Return the stop as plain data."""
        return StopRule(
            self.position, self.kind, self.role, self.place, self.department.code if self.department else ""
        )

    def department_for(self, drafting: Department) -> Department | None:
        """Return the department whose post acts for a drafting department's proposal; None means any."""
        return acting_department(self.place, self.department, drafting)
