"""Overtime rules 時間外の定め: limits and premiums as dated rows with their source, never constants."""

from collections.abc import Iterable
from datetime import date, time
from typing import Any

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models, transaction
from django.db.models import F, Q

from todoke.accounts.models import User
from todoke.audit.immutable import ImmutableModel
from todoke.audit.log import record
from todoke.organization.models import Department
from todoke.runtime.refusals import Conflict, NotAllowed, Refused
from todoke.workforce.models.work_pattern import span_of
from todoke.workforce.overtime import DayKind, PremiumTerms
from todoke.workforce.overtime_limits import LimitKind, LimitScope, LimitTerms
from todoke.workforce.permissions import CLOSE_ATTENDANCE


def _require_permission(by: User) -> None:
    if not CLOSE_ATTENDANCE.held_by(by):
        raise NotAllowed("時間外の定めを登録できるのは、人事担当です。")


class OvertimeLimitRuleQuerySet(models.QuerySet["OvertimeLimitRule"]):
    def in_force(self, on: date, department_id: int) -> "OvertimeLimitRule | None":
        """Return the rule of a section on a day: its own, else that of the whole office; the latest begun."""
        known = self.filter(valid_from__lte=on).filter(Q(department=department_id) | Q(department=None))
        found = known.order_by(F("department").asc(nulls_last=True), "-valid_from")
        return found.prefetch_related("limits").first()


class OvertimeLimitRule(ImmutableModel):
    """上限の定め: an ordinance or an agreement (36協定) with its limits, from a day until the next one begins."""

    FROZEN, INSTEAD = "上限の定め", "次の版を、始まる日とともに登録してください。"

    class Basis(models.TextChoices):
        ORDINANCE = "ordinance", "条例・規則"
        AGREEMENT = "agreement", "36協定"

    basis = models.CharField("根拠の種類", max_length=10, choices=Basis)
    source = models.CharField("条・協定の名と確認日", max_length=200)
    department = models.ForeignKey(
        Department, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="部署"
    )
    valid_from = models.DateField("始まる日")
    first_month = models.PositiveSmallIntegerField(
        "年の始まる月", default=4, validators=[MinValueValidator(1), MaxValueValidator(12)]
    )

    objects = OvertimeLimitRuleQuerySet.as_manager()

    class Meta:
        verbose_name = "上限の定め"
        ordering = ["-valid_from", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["department", "valid_from"], name="workforce_one_limit_rule_a_section"),
            models.UniqueConstraint(
                fields=["valid_from"], condition=Q(department=None), name="workforce_one_limit_rule"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_basis_display()} {self.source}"

    @classmethod
    @transaction.atomic
    def establish(cls, limits: Iterable[LimitTerms], *, by: User, **terms: Any) -> "OvertimeLimitRule":
        """Register a rule with its limits. Raises NotAllowed, Refused without a limit, Conflict the second time."""
        _require_permission(by)
        wanted, rule = list(limits), cls(**terms)
        if not wanted or not rule.source.strip():
            raise Refused("上限を一つ以上と、条か協定の名を書いてください。")
        if cls.objects.filter(department=rule.department, valid_from=rule.valid_from).exists():
            raise Conflict("同じ日に始まる定めがあります。始まる日を変えてください。")
        rule.save()
        OvertimeLimit.objects.bulk_create(OvertimeLimit(rule=rule, **vars(each)) for each in wanted)
        record(rule, "上限の定めの登録", by=by, after={"定め": str(rule), "始まる日": rule.valid_from}, first=True)
        return rule


class OvertimeLimit(ImmutableModel):
    """上限: one limit of a rule; in minutes, or months for how often the month's limit may be exceeded."""

    FROZEN = "上限"

    rule = models.ForeignKey(OvertimeLimitRule, models.PROTECT, related_name="limits", verbose_name="上限の定め")
    kind = models.CharField("種類", max_length=12, choices=LimitKind)
    scope = models.CharField("適用", max_length=10, choices=LimitScope)
    most = models.PositiveIntegerField("上限(分、回)")
    with_holidays = models.BooleanField("休日の勤務を含む", default=False)
    below = models.BooleanField("未満", default=False)
    base = models.PositiveIntegerField("数える月の境(分)", default=0)

    class Meta:
        verbose_name = "上限"
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["rule", "kind", "scope"], name="workforce_one_limit_of_a_kind"),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.most}"

    @property
    def terms(self) -> LimitTerms:
        """The limit as the pure rule takes it."""
        return LimitTerms(self.kind, self.scope, self.most, self.with_holidays, self.below, self.base)


class OvertimePremiumRuleQuerySet(models.QuerySet["OvertimePremiumRule"]):
    def in_force(self, on: date) -> "OvertimePremiumRule | None":
        """Return the rule of a day: the latest begun."""
        return self.filter(valid_from__lte=on).order_by("-valid_from").first()


class OvertimePremiumRule(ImmutableModel):
    """割増の定め: which minutes run up to the monthly line, when the night is, and how a month is rounded."""

    FROZEN, INSTEAD = "割増の定め", "次の版を、始まる日とともに登録してください。"

    source = models.CharField("根拠と確認日", max_length=200)
    valid_from = models.DateField("始まる日", unique=True)
    line_minutes = models.PositiveIntegerField("60時間の境(分)", default=3600)
    counts_weekly_rest = models.BooleanField("週休日の勤務を境に数える", default=True)
    counts_holiday = models.BooleanField("休日の勤務を境に数える", default=True)
    counts_substituted = models.BooleanField("振替で週の時間を超えた分を境に数える", default=True)
    night_from = models.TimeField("深夜の始まり", default=time(22))
    night_until = models.TimeField("深夜の終わり", default=time(5))
    rounding_unit = models.PositiveSmallIntegerField("端数の単位(分)", default=60, validators=[MinValueValidator(1)])
    round_up_from = models.PositiveSmallIntegerField("切り上げる分", default=30)

    objects = OvertimePremiumRuleQuerySet.as_manager()

    class Meta:
        verbose_name = "割増の定め"
        ordering = ["-valid_from"]
        constraints = [
            models.CheckConstraint(condition=Q(rounding_unit__gt=0), name="workforce_rounding_has_a_unit"),
        ]

    def __str__(self) -> str:
        return self.source

    @property
    def terms(self) -> PremiumTerms:
        """The rule as the pure reckoning takes it."""
        asked = {
            DayKind.WEEKLY_REST: self.counts_weekly_rest, DayKind.HOLIDAY: self.counts_holiday,
            DayKind.SUBSTITUTED: self.counts_substituted,
        }  # fmt: skip
        counted = frozenset({DayKind.WORKING.value, *(kind.value for kind, counts in asked.items() if counts)})
        night = span_of(self.night_from, self.night_until)
        return PremiumTerms(counted, self.line_minutes, night, self.rounding_unit, self.round_up_from)

    @classmethod
    @transaction.atomic
    def establish(cls, *, by: User, **terms: Any) -> "OvertimePremiumRule":
        """Register a rule (登録). Raises NotAllowed, Refused without a source, Conflict the second time."""
        _require_permission(by)
        rule = cls(**terms)
        if not rule.source.strip() or not 0 < rule.round_up_from <= rule.rounding_unit:
            raise Refused("根拠を書き、切り上げる分を、1から端数の単位までにしてください。")
        if cls.objects.filter(valid_from=rule.valid_from).exists():
            raise Conflict("同じ日に始まる定めがあります。始まる日を変えてください。")
        rule.save()
        record(rule, "割増の定めの登録", by=by, after={"根拠": rule.source, "始まる日": rule.valid_from}, first=True)
        return rule


class SpecialWork(ImmutableModel):
    """特例業務: work for which the ordinary limits may be exceeded for a time, to be reviewed after the year."""

    FROZEN = "特例業務"

    title = models.CharField("業務", max_length=100)
    department = models.ForeignKey(Department, models.PROTECT, related_name="+", verbose_name="部署")
    starts_on = models.DateField("始まる日")
    ends_on = models.DateField("終わる日")
    source = models.CharField("根拠", max_length=200)
    review_due = models.DateField("検証の期限")

    class Meta:
        verbose_name = "特例業務"
        ordering = ["-starts_on", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(ends_on__gte=F("starts_on")), name="workforce_special_work_has_days"),
            models.CheckConstraint(condition=Q(review_due__gt=F("ends_on")), name="workforce_special_work_is_reviewed"),
        ]

    def __str__(self) -> str:
        return self.title

    @classmethod
    @transaction.atomic
    def declare(cls, *, by: User, **terms: Any) -> "SpecialWork":
        """Declare special work (登録). Raises NotAllowed, Refused for days in the wrong order."""
        _require_permission(by)
        made = cls(**terms)
        if not made.starts_on <= made.ends_on < made.review_due:
            raise Refused("終わる日は始まる日より後に、検証の期限は終わる日より後にしてください。")
        made.save()
        record(made, "特例業務の登録", by=by, after={"業務": made.title, "期限": made.review_due}, first=True)
        return made
