"""Roadmaps 導入計画: scheduled procedures with effort, capacity, preconditions and stages."""

from datetime import date

from django.db import models
from django.db.models import Q

from todoke.accounts.models import User
from todoke.japanese.calendar import fiscal_year
from todoke.organization.models import Department
from todoke.procedures.models.procedure import Procedure
from todoke.roadmaps.permissions import PLAN_ROADMAP


class Roadmap(models.Model):
    """導入計画: a number of quarters from a first day, with the result of its last optimization (burden in minutes)."""

    code = models.SlugField("計画コード", max_length=20, unique=True)
    title = models.CharField("名称", max_length=100)
    starts_on = models.DateField("初日", help_text="四半期の初日(4月・7月・10月・1月の1日)")
    quarters = models.PositiveSmallIntegerField("四半期の数", default=12)
    shared_section = models.ForeignKey(
        Department, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="共通で支える部署"
    )
    month_cost = models.PositiveIntegerField("1人月の費用(円)", null=True, blank=True)
    drawn_at = models.DateTimeField("組んだ日時", null=True, blank=True)
    drawn_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name="組んだ人")
    relieved = models.FloatField("なくなる負担(分)", null=True, blank=True)
    bound = models.FloatField("なくせる負担の上限(分)", null=True, blank=True)
    greedy = models.FloatField("単純な順でなくなる負担(分)", null=True, blank=True)
    seconds = models.FloatField("組むのにかかった秒数", null=True, blank=True)

    class Meta:
        verbose_name = "導入計画"
        ordering = ["-starts_on", "code"]
        constraints = [
            models.CheckConstraint(
                condition=Q(starts_on__month__in=[1, 4, 7, 10], starts_on__day=1),
                name="roadmaps_roadmap_starts_a_quarter",
            ),
            models.CheckConstraint(
                condition=Q(quarters__gte=1, quarters__lte=24), name="roadmaps_roadmap_has_quarters"
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @staticmethod
    def can_edit(user: User) -> bool:
        """Headquarters only."""
        return PLAN_ROADMAP.held_by(user)

    def first_day(self, quarter: int) -> date:
        """Return the first day of a quarter, counted from 0."""
        month = self.starts_on.month - 1 + 3 * quarter
        return date(self.starts_on.year + month // 12, month % 12 + 1, 1)

    def quarter_label(self, quarter: int) -> str:
        """Return the label of a quarter: 2027年度 第1四半期."""
        day = self.first_day(quarter)
        return f"{fiscal_year(day)}年度 第{(day.month - 4) % 12 // 3 + 1}四半期"

    def quarter_of(self, day: date) -> int:
        """Return the first quarter, counted from 0, that begins on a day or later."""
        return next((at for at in range(self.quarters) if self.first_day(at) >= day), self.quarters)

    @property
    def gap(self) -> float | None:
        """The optimality gap in per cent; None before the first optimization."""
        if self.relieved is None or not self.bound:
            return None
        return max(0.0, (self.bound - self.relieved) / self.bound * 100)

    @property
    def margin(self) -> float | None:
        """The gain over the greedy schedule in per cent; None before the first optimization."""
        return (self.relieved / self.greedy - 1) * 100 if self.relieved is not None and self.greedy else None


class Capacity(models.Model):
    """投入できる人月: staff-months of a department in one quarter; halved by default in the busy season 繁忙期."""

    roadmap = models.ForeignKey(Roadmap, models.CASCADE, related_name="capacities", verbose_name="導入計画")
    department = models.ForeignKey(Department, models.PROTECT, related_name="+", verbose_name="部署")
    quarter = models.PositiveSmallIntegerField("四半期(0から)")
    staff_months = models.DecimalField("人月", max_digits=6, decimal_places=2)

    class Meta:
        verbose_name = "投入できる人月"
        ordering = ["roadmap", "department__code", "quarter"]
        constraints = [
            models.UniqueConstraint(
                fields=["roadmap", "department", "quarter"], name="roadmaps_one_capacity_a_quarter"
            ),
            models.CheckConstraint(condition=Q(staff_months__gte=0), name="roadmaps_capacity_is_not_negative"),
        ]

    def __str__(self) -> str:
        return f"{self.department} {self.quarter} {self.staff_months}"


class Precondition(models.Model):
    """前提: an ordinance or a system change on which the start of procedures depends."""

    class Kind(models.TextChoices):
        ORDINANCE = "ordinance", "条例・規則の改正"
        SYSTEM = "system", "システムの改修"
        OTHER = "other", "そのほか"

    roadmap = models.ForeignKey(Roadmap, models.CASCADE, related_name="preconditions", verbose_name="導入計画")
    title = models.CharField("名称", max_length=100)
    kind = models.CharField("種類", max_length=10, choices=Kind)
    ready_on = models.DateField("整う日")

    class Meta:
        verbose_name = "前提"
        ordering = ["roadmap", "ready_on", "title"]
        constraints = [
            models.UniqueConstraint(fields=["roadmap", "title"], name="roadmaps_one_precondition_per_title"),
        ]

    def __str__(self) -> str:
        return self.title


class RoadmapItem(models.Model):
    """計画の手続: one procedure of a roadmap: effort in staff-months, burden in minutes a year, starting quarter."""

    roadmap = models.ForeignKey(Roadmap, models.CASCADE, related_name="items", verbose_name="導入計画")
    procedure = models.ForeignKey(Procedure, models.PROTECT, related_name="roadmap_items", verbose_name="手続")
    effort = models.DecimalField("所管部署の人月", max_digits=6, decimal_places=2)
    shared_effort = models.DecimalField("共通で支える部署の人月", max_digits=6, decimal_places=2)
    length = models.PositiveSmallIntegerField("かかる四半期の数", default=1)
    burden = models.PositiveBigIntegerField("1年の負担(分)")
    preconditions = models.ManyToManyField(Precondition, blank=True, related_name="items", verbose_name="前提")
    after = models.ManyToManyField("self", blank=True, symmetrical=False, related_name="+", verbose_name="先に要る手続")
    pinned = models.PositiveSmallIntegerField("固定した四半期(0から)", null=True, blank=True)
    excluded_at = models.DateTimeField("外した日時", null=True, blank=True)
    exclusion = models.CharField("外した理由", max_length=200, blank=True)
    quarter = models.PositiveSmallIntegerField("着手する四半期(0から)", null=True, blank=True)

    class Meta:
        verbose_name = "計画の手続"
        ordering = ["roadmap", "quarter", "-burden"]
        constraints = [
            models.UniqueConstraint(fields=["roadmap", "procedure"], name="roadmaps_one_item_per_procedure"),
            models.CheckConstraint(
                condition=Q(effort__gt=0, shared_effort__gte=0, length__gte=1), name="roadmaps_item_takes_something"
            ),
            models.CheckConstraint(
                condition=Q(excluded_at__isnull=True) | (~Q(exclusion="") & Q(quarter__isnull=True)),
                name="roadmaps_excluded_item_says_why",
            ),
            models.CheckConstraint(
                condition=Q(pinned__isnull=True) | Q(excluded_at__isnull=True),
                name="roadmaps_item_pinned_or_excluded",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.roadmap} {self.procedure}"


class Stage(models.Model):
    """段階: one stage of an item, with planned day, day done and owner."""

    class Name(models.TextChoices):
        CONSIDER = "1", "検討"
        DECIDE = "2", "決定"
        START = "3", "着手"
        TEST = "4", "テスト"
        OPEN = "5", "公開"

    item = models.ForeignKey(RoadmapItem, models.CASCADE, related_name="stages", verbose_name="計画の手続")
    name = models.CharField("段階", max_length=1, choices=Name)
    planned_on = models.DateField("予定日", null=True, blank=True)
    done_on = models.DateField("済んだ日", null=True, blank=True)
    owner = models.CharField("担当", max_length=60, blank=True)

    class Meta:
        verbose_name = "段階"
        ordering = ["item", "name"]
        constraints = [
            models.UniqueConstraint(fields=["item", "name"], name="roadmaps_one_row_per_stage"),
            models.CheckConstraint(
                condition=Q(done_on__isnull=True) | ~Q(owner=""), name="roadmaps_done_stage_has_an_owner"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.item} {self.get_name_display()}"
