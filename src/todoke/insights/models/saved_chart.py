"""Charts and dashboards 図・ダッシュボード: a frozen question with words that cannot be left off, and its places."""

from typing import Any

from django.db import models, transaction
from django.db.models import Q
from django.utils import timezone

from todoke.accounts.actors import Actor, user_of
from todoke.accounts.models import User
from todoke.audit.immutable import ImmutableModel
from todoke.audit.log import record
from todoke.audit.sequences import next_position
from todoke.insights.models.data_table import DataTable, new_key
from todoke.insights.permissions import KEEP_TABLE
from todoke.insights.tables.chart_question import ChartQuestion
from todoke.insights.tables.exploration import Exploration
from todoke.organization.models import Department
from todoke.organization.permissions import is_staff
from todoke.runtime.refusals import Conflict, NotAllowed, Refused


class SavedChartQuerySet(models.QuerySet["SavedChart"]):
    def visible_to(self, user: User) -> "SavedChartQuerySet":
        """Charts of a person's own sections, and those on a dashboard that the person may see."""
        shown = DashboardTile.objects.filter(dashboard__in=Dashboard.objects.visible_to(user)).values("chart")
        own = Q(table__department__in=KEEP_TABLE.departments_of(user)) | Q(made_by=user, table__department__isnull=True)
        return self.filter(own | Q(pk__in=shown)) if is_staff(user) else self.none()


class SavedChart(ImmutableModel):
    """図: a question to a table with title, definition, denominator, base day and source; none may be empty."""

    FROZEN = "図"
    INSTEAD = "新しい図をつくってください。"
    WORDS = ("title", "definition", "denominator", "base_day", "source")

    token = models.CharField("整理番号", max_length=12, unique=True, default=new_key, editable=False)
    table = models.ForeignKey(DataTable, models.PROTECT, related_name="charts", verbose_name="集計表")
    question = models.JSONField("問い")
    title = models.CharField("題名", max_length=150)
    definition = models.CharField("定義(何を数えたか)", max_length=300)
    denominator = models.CharField("分母(何のうち)", max_length=200)
    base_day = models.CharField("基準日", max_length=60)
    source = models.CharField("出典", max_length=200)
    made_at = models.DateTimeField("作成日時", default=timezone.now)
    made_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name="つくった人")

    objects = SavedChartQuerySet.as_manager()

    class Meta:
        verbose_name = "図"
        ordering = ["-made_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(title="") & ~Q(definition="") & ~Q(denominator="") & ~Q(base_day="") & ~Q(source=""),
                name="insights_a_chart_says_what_it_shows",
                violation_error_message="題名・定義・分母・基準日・出典は、どれも省けません。",
            )
        ]

    def __str__(self) -> str:
        return self.title

    @classmethod
    @transaction.atomic
    def name_it(cls, table: DataTable, asked: ChartQuestion, *, by: Actor, **words: str) -> "SavedChart":
        """Keep a question under a title with its words (図の命名). Raises Refused where one of them is missing."""
        table.require_taking(by=by)
        given = {name: words.get(name, "").strip() for name in cls.WORDS}
        missing = [str(field.verbose_name) for field in cls._meta.fields if not given.get(field.name, "-")]
        if missing:
            raise Refused(f"{'、'.join(missing)}は省けません。図だけを見た人にも、何の数か分かるようにします。")
        table.explore(asked)
        if table.pk is None:
            table.save()
        made = cls.objects.create(table=table, question=asked.plain(), made_by=user_of(by), **given)
        record(made, "図の命名", by=by, after={"題名": made.title})
        return made

    @property
    def asked(self) -> ChartQuestion:
        return ChartQuestion.stored(self.question)

    def show(self) -> Exploration:
        """Return the values as the table gives them. Raises Refused, Unreadable, Closed."""
        return self.table.explore(self.asked)

    def require_taking(self, *, by: Actor) -> None:
        """Raises NotAllowed unless the person may see the chart."""
        user = user_of(by)
        if user is None or not SavedChart.objects.visible_to(user).filter(pk=self.pk).exists():
            raise NotAllowed("この図は、つくった部署と、図を載せたダッシュボードを見られる人だけのものです。")


class DashboardQuerySet(models.QuerySet["Dashboard"]):
    def visible_to(self, user: User) -> "DashboardQuerySet":
        """Own ones, those of a person's sections, and those for all staff."""
        if not is_staff(user):
            return self.none()
        own = Q(made_by=user) | Q(audience=Dashboard.Audience.ALL)
        section = Q(audience=Dashboard.Audience.SECTION, department__in=KEEP_TABLE.departments_of(user))
        return self.filter(own | section)


class Dashboard(models.Model):
    """ダッシュボード: charts side by side for oneself, a section or all staff."""

    class Audience(models.TextChoices):
        SELF = "self", "自分だけ"
        SECTION = "section", "所管の部署"
        ALL = "all", "全職員(推進本部のページ)"

    token = models.CharField("整理番号", max_length=12, unique=True, default=new_key, editable=False)
    title = models.CharField("題名", max_length=100)
    department = models.ForeignKey(Department, models.PROTECT, related_name="dashboards", verbose_name="所管")
    audience = models.CharField("見られる人", max_length=10, choices=Audience, default=Audience.SECTION)
    made_at = models.DateTimeField("作成日時", default=timezone.now)
    made_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name="つくった人")

    objects = DashboardQuerySet.as_manager()

    class Meta:
        verbose_name = "ダッシュボード"
        ordering = ["title", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["department", "title"], name="insights_one_dashboard_per_title",
                violation_error_message="この部署に、同じ題名のダッシュボードがあります。",
            )
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.title

    @classmethod
    @transaction.atomic
    def begin(cls, *, title: str, department: Department, audience: str, by: Actor) -> "Dashboard":
        """Make an empty dashboard (ダッシュボードの作成)."""
        made = cls.objects.create(title=title, department=department, audience=audience, made_by=user_of(by))
        record(made, "ダッシュボードの作成", by=by, after={"見られる人": audience})
        return made

    @transaction.atomic
    def add(self, chart: SavedChart, *, by: Actor) -> None:
        """Put a chart of one's own section on the dashboard, once (図の共有). Raises NotAllowed, Conflict."""
        chart.table.require_taking(by=by)
        user: Any = user_of(by)
        if not KEEP_TABLE.held_by(user, self.department):
            raise NotAllowed(f"このダッシュボードに図を載せられるのは、{self.department.name}の職員です。")
        if self.tiles.filter(chart=chart).exists():
            raise Conflict("この図は、もう載っています。")
        self.tiles.create(chart=chart, position=next_position(self.tiles.all(), self, "position"))
        record(self, "図の共有", by=by, after={"図": chart.token, "見られる人": self.audience})

    @transaction.atomic
    def remove(self, chart: SavedChart, *, by: Actor) -> None:
        """Take a chart off the dashboard (図の取下げ)."""
        if self.tiles.filter(chart=chart).delete()[0]:
            record(self, "図の取下げ", by=by, after={"図": chart.token})


class DashboardTile(models.Model):
    """ダッシュボードの図: the place of a chart on a dashboard."""

    dashboard = models.ForeignKey(Dashboard, models.CASCADE, related_name="tiles", verbose_name="ダッシュボード")
    chart = models.ForeignKey(SavedChart, models.PROTECT, related_name="tiles", verbose_name="図")
    position = models.PositiveIntegerField("順")

    class Meta:
        verbose_name = "ダッシュボードの図"
        ordering = ["dashboard", "position"]
        constraints = [
            models.UniqueConstraint(fields=["dashboard", "position"], name="insights_one_tile_per_position"),
            models.UniqueConstraint(fields=["dashboard", "chart"], name="insights_a_chart_stands_once"),
        ]

    def __str__(self) -> str:
        return f"{self.dashboard} {self.position}"
