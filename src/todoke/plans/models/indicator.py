"""Indicators 指標: definition, targets by year, and actuals."""

from datetime import date
from decimal import Decimal

from django.db import models, transaction
from django.db.models import Q

from todoke.accounts.actors import Actor, user_of
from todoke.accounts.models import User
from todoke.audit.log import record
from todoke.japanese.periods import fiscal_year_end
from todoke.plans.models.plan import Measure
from todoke.runtime.refusals import Refused


class Indicator(models.Model):
    """指標: numerator, denominator, reference day, source, and the wanted direction."""

    class Direction(models.TextChoices):
        UP = "up", "高いほどよい"
        DOWN = "down", "低いほどよい"

    class Unit(models.TextChoices):
        PERCENT = "percent", "%"
        COUNT = "count", "件"
        HOURS = "hours", "時間"
        SHEETS = "sheets", "枚"
        SYSTEMS = "systems", "業務"

    class OwnFigure(models.TextChoices):
        PROCEDURES = "procedures", "手続の数でみた割合"
        POSSIBLE = "possible", "オンライン化できる手続でみた割合"
        VOLUME = "volume", "件数でみた割合"
        PHONE = "phone", "スマートフォンで使える割合"
        RESIDENTS = "residents", "区民と事業者が出す手続でみた割合"
        STANDARD = "standard", "標準準拠システムへ移行した業務の数"

    measure = models.ForeignKey(Measure, models.CASCADE, related_name="indicators", verbose_name="施策")
    code = models.SlugField("記号", max_length=40, unique=True)
    name = models.CharField("指標名", max_length=150)
    numerator = models.CharField("分子", max_length=200, blank=True)
    denominator = models.CharField("分母", max_length=200, blank=True)
    basis = models.CharField("基準日", max_length=100, blank=True)
    source = models.CharField("出典", max_length=200, blank=True)
    unit = models.CharField("単位", max_length=10, choices=Unit, default=Unit.PERCENT)
    direction = models.CharField("向き", max_length=5, choices=Direction, default=Direction.UP)
    own_figure = models.CharField("自動で数える割合", max_length=20, choices=OwnFigure, blank=True)

    class Meta:
        verbose_name = "指標"
        ordering = ["measure", "code"]

    def __str__(self) -> str:
        return self.name

    @property
    def why_closed(self) -> str:
        return self.measure.plan.why_closed

    def copy_to(self, measure: Measure) -> "Indicator":
        """Copy the definition into the next plan, without targets and actuals."""
        names = ("name", "numerator", "denominator", "basis", "source", "unit", "direction", "own_figure")
        code = f"{self.code[:30]}-{measure.plan.starts_on.year}"
        return measure.indicators.create(code=code, **{name: getattr(self, name) for name in names})

    @property
    def unit_of_change(self) -> str:
        """The unit of a difference: points where the value is a percentage."""
        return "ポイント" if self.unit == self.Unit.PERCENT else self.get_unit_display()

    @property
    def is_defined(self) -> bool:
        """Whether the definition is complete (percentages name their denominator)."""
        whole = bool(self.denominator) or self.unit != self.Unit.PERCENT
        return bool(self.numerator and self.basis and self.source) and whole

    def value_of(self, numerator: Decimal | None, denominator: Decimal | None) -> Decimal | None:
        """Return the value that two numbers make: a percentage with two digits, else the numerator itself."""
        if numerator is None or self.unit != self.Unit.PERCENT:
            return numerator if denominator is None or denominator else None
        return (numerator / denominator * 100).quantize(Decimal("0.01")) if denominator else None

    @transaction.atomic
    def report(
        self,
        *,
        on: date,
        by: Actor,
        numerator: Decimal | None = None,
        denominator: Decimal | None = None,
        denominator_on: date | None = None,
        value: Decimal | None = None,
        source: str = "",
        missing_reason: str = "",
    ) -> "Actual":
        """Record an actual, or why it is missing; a percentage is computed from its two numbers. Raises Refused."""
        value = self.value_of(numerator, denominator) if value is None else value
        if value is None and not missing_reason.strip():
            raise Refused("値がないときは、その理由を書いてください。")
        actual, fresh = Actual.objects.update_or_create(
            indicator=self, on=on,
            defaults={
                "numerator": numerator, "denominator": denominator, "denominator_on": denominator_on, "value": value,
                "source": source or self.source, "missing_reason": missing_reason if value is None else "",
                "recorded_by": user_of(by),
            },
        )  # fmt: skip
        record(self, "実績の記録" if fresh else "実績の訂正", by=by, after={"日": on, "値": value})
        return actual


class Target(models.Model):
    """目標値: the value to reach by the end of a fiscal year."""

    indicator = models.ForeignKey(Indicator, models.CASCADE, related_name="targets", verbose_name="指標")
    fiscal_year = models.PositiveIntegerField("年度")
    value = models.DecimalField("目標値", max_digits=14, decimal_places=2)

    class Meta:
        verbose_name = "目標値"
        ordering = ["indicator", "fiscal_year"]
        constraints = [models.UniqueConstraint(fields=["indicator", "fiscal_year"], name="plans_one_target_per_year")]

    def __str__(self) -> str:
        return f"{self.indicator} {self.fiscal_year}年度 {self.value}"

    @property
    def why_closed(self) -> str:
        return self.indicator.measure.plan.why_closed

    @property
    def due_on(self) -> date:
        return fiscal_year_end(self.fiscal_year)


class Actual(models.Model):
    """実績値: the value as of a day; a missing value has a reason and is not zero."""

    indicator = models.ForeignKey(Indicator, models.CASCADE, related_name="actuals", verbose_name="指標")
    on = models.DateField("基準日")
    numerator = models.DecimalField("分子", max_digits=14, decimal_places=2, null=True, blank=True)
    denominator = models.DecimalField("分母", max_digits=14, decimal_places=2, null=True, blank=True)
    denominator_on = models.DateField("分母の基準日", null=True, blank=True)
    value = models.DecimalField("実績値", max_digits=14, decimal_places=2, null=True, blank=True)
    missing_reason = models.CharField("値がない理由", max_length=200, blank=True)
    source = models.CharField("出典", max_length=200)
    recorded_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name="記録した人")

    class Meta:
        verbose_name = "実績値"
        ordering = ["indicator", "on"]
        constraints = [
            models.UniqueConstraint(fields=["indicator", "on"], name="plans_one_actual_per_day"),
            models.CheckConstraint(
                condition=Q(value__isnull=False, missing_reason="") | (Q(value__isnull=True) & ~Q(missing_reason="")),
                name="plans_a_missing_value_has_a_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.indicator} {self.on} {self.value if self.value is not None else '値なし'}"
