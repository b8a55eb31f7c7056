"""The register システム台帳: systems, contracts, yearly costs, dependencies, and the standardised tasks."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db import models
from django.db.models import F, Q

from todoke.accounts.models import User
from todoke.japanese.calendar import fiscal_year, today
from todoke.japanese.due_dates import DueState, due_state
from todoke.japanese.periods import fiscal_year_end
from todoke.organization.models import Department
from todoke.procedures.models import Procedure
from todoke.systems.permissions import EDIT_REGISTER

COST_CUT_PERCENT = 30


class StandardTaskQuerySet(models.QuerySet["StandardTask"]):
    def applying(self) -> "StandardTaskQuerySet":
        """Tasks that this municipality carries out (対象)."""
        return self.exclude(stage=StandardTask.Stage.NOT_APPLICABLE)

    def overdue(self, on: date | None = None) -> "StandardTaskQuerySet":
        """Tasks still to be moved whose year is over (移行の遅れ)."""
        return self.filter(stage=StandardTask.Stage.PLANNED, planned_year__lt=fiscal_year(on or today()))


class StandardTask(models.Model):
    """標準化対象事務: one of the twenty tasks whose systems the State standardises, and its progress here."""

    class Stage(models.TextChoices):
        NOT_APPLICABLE = "not_applicable", "対象外"
        PLANNED = "planned", "移行予定"
        RUNNING = "running", "稼働"

    number = models.PositiveIntegerField("番号", unique=True)
    name = models.CharField("事務の名称", max_length=60, unique=True)
    stage = models.CharField("状況", max_length=20, choices=Stage, default=Stage.PLANNED)
    not_applicable_reason = models.CharField("対象外の理由", max_length=200, blank=True)
    planned_year = models.PositiveIntegerField("移行年度", null=True, blank=True)
    provider = models.CharField("事業者", max_length=100, blank=True)
    cost_yen = models.PositiveBigIntegerField("移行経費", null=True, blank=True)
    subsidy_yen = models.PositiveBigIntegerField("補助金", null=True, blank=True)
    base_cost_yen = models.PositiveBigIntegerField("平成30年度の運用経費", null=True, blank=True)
    running_cost_yen = models.PositiveBigIntegerField("移行後の運用経費(1年)", null=True, blank=True)
    attached_work = models.TextField("標準の外に残る付随業務", blank=True)

    objects = StandardTaskQuerySet.as_manager()

    class Meta:
        verbose_name = "標準化対象事務"
        ordering = ["number"]
        constraints = [
            models.CheckConstraint(
                condition=(Q(stage="not_applicable") & ~Q(not_applicable_reason=""))
                | (~Q(stage="not_applicable") & Q(planned_year__isnull=False)),
                name="systems_a_task_has_a_year_or_a_reason",
                violation_error_message="対象外のときは理由を、それ以外のときは移行年度を書いてください。",
            )
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def gap_yen(self) -> int | None:
        """Costs not covered by the subsidy in yen, or None while either is unknown."""
        return None if self.cost_yen is None or self.subsidy_yen is None else self.cost_yen - self.subsidy_yen

    @property
    def goal_cost_yen(self) -> int | None:
        """The yearly cost to reach: 30 % below that of 平成30年度, rounded down; None while it is unknown.

        Source: 地方公共団体情報システム標準化基本方針 (運用経費等を平成30年度比で少なくとも3割削減).
        """
        return None if self.base_cost_yen is None else self.base_cost_yen * (100 - COST_CUT_PERCENT) // 100

    @property
    def cost_verdict(self) -> str:
        """判定: whether the yearly cost reaches the goal; nothing is judged before the system runs."""
        if self.goal_cost_yen is None:
            return ""
        if self.stage != StandardTask.Stage.RUNNING or self.running_cost_yen is None:
            return "移行後に判定"
        return "3割減を達成" if self.running_cost_yen <= self.goal_cost_yen else "3割減に届いていません"

    def is_overdue(self, on: date | None = None) -> bool:
        """Whether its year is over and it does not run yet (移行の遅れ)."""
        if self.stage != StandardTask.Stage.PLANNED or self.planned_year is None:
            return False
        return due_state(fiscal_year_end(self.planned_year), on=on) is DueState.OVERDUE


class InformationSystemQuerySet(models.QuerySet["InformationSystem"]):
    def unused(self, on: date | None = None) -> "InformationSystemQuerySet":
        """Systems to keep that nobody used for a year (使われていないシステム)."""
        return self.filter(decision=InformationSystem.Decision.KEEP, last_used_on__lt=_year_before(on or today()))


def _year_before(day: date) -> date:
    return day.replace(year=day.year - 1, day=28 if (day.month, day.day) == (2, 29) else day.day)


class InformationSystem(models.Model):
    """情報システム: a system with owner, vendor, last use, and the decision to keep or retire it."""

    class Decision(models.TextChoices):
        KEEP = "keep", "継続"
        REPLACE = "replace", "更改"
        RETIRE = "retire", "廃止"

    code = models.SlugField("システム番号", max_length=20, unique=True)
    name = models.CharField("名称", max_length=100, unique=True)
    department = models.ForeignKey(Department, models.PROTECT, related_name="systems", verbose_name="所管部署")
    vendor = models.CharField("事業者", max_length=100, blank=True)
    standard_task = models.ForeignKey(
        StandardTask, models.PROTECT, null=True, blank=True, related_name="systems", verbose_name="標準化対象事務"
    )
    started_on = models.DateField("稼働開始日", null=True, blank=True)
    last_used_on = models.DateField("最終利用日", null=True, blank=True)
    decision = models.CharField("今後の扱い", max_length=10, choices=Decision, default=Decision.KEEP)
    decision_reason = models.CharField("扱いの理由", max_length=300, blank=True)
    read_only_server = models.CharField("停止時の代替(参照用サーバなど)", max_length=200, blank=True)
    objects = InformationSystemQuerySet.as_manager()
    procedures = models.ManyToManyField(Procedure, through="Dependency", related_name="systems", verbose_name="手続")

    class Meta:
        verbose_name = "情報システム"
        ordering = ["code"]
        constraints = [
            models.CheckConstraint(
                condition=Q(decision="keep") | ~Q(decision_reason=""),
                name="systems_an_end_has_a_reason",
                violation_error_message="更改・廃止のときは、扱いの理由を書いてください。",
            )
        ]

    def __str__(self) -> str:
        return self.name

    def years_unused(self, on: date | None = None) -> int:
        """Return for how many whole years nobody used the system; 0 without a record of its use."""
        day, years = on or today(), 0
        while self.last_used_on and self.last_used_on < (day := _year_before(day)):
            years += 1
        return years

    def can_edit(self, user: User) -> bool:
        """Whether the user is of the headquarters or administers systems."""
        return EDIT_REGISTER.held_by(user)


class Dependency(models.Model):
    """システムへの依存: a procedure that cannot, or only partly, be carried out without a system."""

    class Strength(models.TextChoices):
        STOPS = "stops", "止まる"
        PARTIAL = "partial", "一部できる"
        ELSEWHERE = "elsewhere", "別の方法でできる"

    system = models.ForeignKey(
        InformationSystem, models.CASCADE, related_name="dependencies", verbose_name="情報システム"
    )
    procedure = models.ForeignKey(Procedure, models.CASCADE, related_name="dependencies", verbose_name="手続")
    strength = models.CharField("停止したとき", max_length=10, choices=Strength, default=Strength.STOPS)
    alternative = models.CharField("代わりの方法", max_length=200, blank=True)

    class Meta:
        verbose_name = "システムへの依存"
        ordering = ["system", "procedure"]
        constraints = [models.UniqueConstraint(fields=["system", "procedure"], name="systems_one_dependency_per_pair")]

    def __str__(self) -> str:
        return f"{self.procedure} → {self.system}"


def departments_by_system(systems: Iterable[InformationSystem]) -> dict[int, list[Department]]:
    """Return by system id its owner and the departments whose procedures depend on it, in one query."""
    found = {system.pk: {system.department} for system in systems}
    leaning = Dependency.objects.filter(system__in=found).exclude(procedure__department=None)
    for each in leaning.select_related("procedure__department"):
        if each.procedure.department is not None:
            found[each.system_id].add(each.procedure.department)
    return {pk: sorted(sections, key=lambda section: section.code) for pk, sections in found.items()}


class Contract(models.Model):
    """契約: a contract with a vendor about a system, and its period."""

    system = models.ForeignKey(InformationSystem, models.CASCADE, related_name="contracts", verbose_name="情報システム")
    title = models.CharField("契約名", max_length=150)
    vendor = models.CharField("事業者", max_length=100)
    starts_on = models.DateField("契約の始期")
    ends_on = models.DateField("契約の終期")
    monthly_fee_yen = models.PositiveBigIntegerField("月額利用料", null=True, blank=True)

    class Meta:
        verbose_name = "契約"
        ordering = ["system", "-starts_on"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__gte=F("starts_on")),
                name="systems_contract_ends_after_it_starts",
                violation_error_message="契約の終期は、始期より後の日にしてください。",
            )
        ]

    def __str__(self) -> str:
        return self.title


class YearlyCost(models.Model):
    """年度費用: the cost of a system in a fiscal year; a rise of 10 % or more needs a reason."""

    system = models.ForeignKey(InformationSystem, models.CASCADE, related_name="costs", verbose_name="情報システム")
    fiscal_year = models.PositiveIntegerField("年度")
    yen = models.PositiveBigIntegerField("金額")
    rise_reason = models.CharField("増えた理由", max_length=300, blank=True)

    class Meta:
        verbose_name = "年度費用"
        ordering = ["system", "fiscal_year"]
        constraints = [models.UniqueConstraint(fields=["system", "fiscal_year"], name="systems_one_cost_per_year")]

    def __str__(self) -> str:
        return f"{self.system} {self.fiscal_year}年度 {self.yen:,}円"

    @property
    def before(self) -> "YearlyCost | None":
        return YearlyCost.objects.filter(system=self.system, fiscal_year=self.fiscal_year - 1).first()

    @property
    def needs_reason(self) -> bool:
        """Whether the cost rose by 10 % or more without a reason."""
        before = self.before
        return bool(before and self.yen >= before.yen * 1.1 and not self.rise_reason)

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.full_clean(validate_constraints=False)
        super().save(*args, **kwargs)
