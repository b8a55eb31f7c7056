"""Tables 集計表: an uploaded table of a section, listed to all staff by name, opened only by its own section."""

from __future__ import annotations

import hashlib
import io
from datetime import date
from typing import Any

from django.core.files.base import ContentFile
from django.db import models, transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.crypto import get_random_string

from todoke.accounts.actors import Actor, user_of
from todoke.accounts.models import User
from todoke.audit.log import record
from todoke.audit.transitions import stamp_once
from todoke.insights.own_series import OWN_SERIES
from todoke.insights.permissions import KEEP_TABLE
from todoke.insights.tables.chart_question import ChartQuestion
from todoke.insights.tables.exploration import Exploration, explore
from todoke.insights.tables.table_import import ImportedTable, read_upload
from todoke.japanese.calendar import today
from todoke.lazy_modules import pl
from todoke.organization.models import Department
from todoke.organization.permissions import is_staff
from todoke.runtime.refusals import Closed, NotAllowed


def new_key() -> str:
    """Return a key that cannot be guessed."""
    return get_random_string(12, "abcdefghijkmnpqrstuvwxyz23456789")


class DataTableQuerySet(models.QuerySet["DataTable"]):
    def visible_to(self, user: User) -> DataTableQuerySet:
        """Tables whose contents a person may open: those of their own sections, and the office's series."""
        own = Q(department__in=KEEP_TABLE.departments_of(user))
        return self.filter(own | ~Q(series="")) if is_staff(user) else self.none()

    def kept(self) -> DataTableQuerySet:
        """Tables whose contents were not erased."""
        return self.filter(erased_at__isnull=True)


class DataTable(models.Model):
    """集計表: values of an uploaded file with source and day; whether its rows are people decides what is shown."""

    token = models.CharField("整理番号", max_length=12, unique=True, default=new_key, editable=False)
    title = models.CharField("表の名前", max_length=150)
    series = models.CharField("区の数値", max_length=30, blank=True, editable=False)
    department = models.ForeignKey(
        Department, models.PROTECT, null=True, blank=True, related_name="data_tables", verbose_name="所管"
    )
    source = models.CharField("出典", max_length=200)
    as_of = models.DateField("基準日")
    is_of_people = models.BooleanField("行が人(または世帯)", default=False)
    expires_on = models.DateField("消す日", null=True, blank=True)
    file = models.FileField("ファイル", upload_to="tables/", blank=True)
    digest = models.CharField("照合値", max_length=64)
    rows = models.PositiveIntegerField("行数")
    uploaded_at = models.DateTimeField("取込日時", default=timezone.now)
    uploaded_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name="取り込んだ人")
    erased_at = models.DateTimeField("消した日時", null=True, blank=True)

    objects = DataTableQuerySet.as_manager()

    class Meta:
        verbose_name = "集計表"
        ordering = ["-uploaded_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(title="") & ~Q(source=""), name="insights_a_table_names_its_source",
                violation_error_message="表の名前と出典を書いてください。",
            ),
            models.CheckConstraint(
                condition=Q(series="", department__isnull=False, expires_on__isnull=False)
                | (~Q(series="") & Q(department__isnull=True, is_of_people=False)),
                name="insights_a_table_is_a_series_or_kept_by_a_section",
            ),
            models.UniqueConstraint(
                fields=["series"], condition=~Q(series=""), name="insights_one_table_per_series"
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.title

    @classmethod
    def at(cls, token: str) -> DataTable:
        """Return the table of an address: an upload, or a series of the office, which is stored with its first chart.

        Raises DoesNotExist.
        """
        series = OWN_SERIES.get(token)
        if series is None:
            return cls.objects.select_related("department").get(token=token, series="")
        known = cls.objects.filter(series=token).first()
        told = {"title": series.title, "source": series.source, "as_of": today(), "rows": 0}
        return known or cls(token=token[:12], series=token, **told)

    @classmethod
    def upload(cls, content: bytes, *, by: Actor, person_column: str = "", **facts: Any) -> DataTable:
        """Read a file and keep its values (集計表の取込). Raises Unreadable.

        The file is read before the transaction. ``person_column`` names the column by which people are told apart.
        """
        found = read_upload(content)
        return cls._store(found, person_column, by=by, **facts)

    @classmethod
    @transaction.atomic
    def _store(cls, found: ImportedTable, person_column: str, *, by: Actor, **facts: Any) -> DataTable:
        digest = hashlib.sha256(found.packed).hexdigest()
        made = cls(digest=digest, rows=found.rows, uploaded_by=user_of(by), **facts)
        made.file.save(f"{made.token}.parquet", ContentFile(found.packed), save=False)
        made.save()
        TableColumn.objects.bulk_create(
            TableColumn(
                table=made, position=position, name=each.name, empty=each.empty,
                kind=TableColumn.Kind.KEY if each.name == person_column else each.kind,
            )
            for position, each in enumerate(found.columns, 1)
        )  # fmt: skip
        record(made, "集計表の取込", by=by, after={"行": found.rows, "人の表": made.is_of_people})
        return made

    @property
    def kinds(self) -> dict[str, str]:
        """The kind of each column by name."""
        if self.series:
            return dict(OWN_SERIES[self.series].columns)
        return dict(self.columns.values_list("name", "kind"))

    def explore(self, asked: ChartQuestion) -> Exploration:
        """Return what a question shows. Raises Refused, Unreadable; Closed once the contents were erased."""
        if self.series:
            return explore(OWN_SERIES[self.series].frame(), asked, self.kinds)
        if self.erased_at is not None or not self.file:
            raise Closed("この表は、消す日が来たので消しました。もう一度取り込んでください。")
        kinds = self.kinds
        asked.require(kinds)
        used = {asked.by, asked.also, asked.of, asked.over, *(each.column for each in asked.filters)}
        used |= {name for name, kind in kinds.items() if kind == TableColumn.Kind.KEY}
        with self.file.open("rb") as kept:
            frame = pl.read_parquet(io.BytesIO(kept.read()), columns=sorted(used - {""}))
        return explore(frame, asked, kinds, people=self.is_of_people)

    @transaction.atomic
    def erase(self, *, by: Actor) -> None:
        """Erase the contents; name, columns and charts stay (集計表の消去)."""
        if stamp_once(self, "erased_at"):
            name, storage = self.file.name, self.file.storage
            transaction.on_commit(lambda: storage.delete(name) if name else None)
            record(self, "集計表の消去", by=by)

    def require_taking(self, *, by: Actor) -> None:
        """Raises NotAllowed unless the person is of the section that keeps the table."""
        user = user_of(by)
        if user is None or not (is_staff(user) if self.series else KEEP_TABLE.held_by(user, self.department)):
            raise NotAllowed(f"この表を開けるのは、{self.department.name if self.department else '区'}の職員です。")


def erase_expired(on: date | None = None, *, by: Actor) -> int:
    """Erase the contents of every table whose day has come; return how many."""
    due = list(DataTable.objects.kept().filter(expires_on__lt=on or today()))
    for table in due:
        table.erase(by=by)
    return len(due)


class TableColumn(models.Model):
    """集計表の項目: a column with its kind; the key of a person is counted, never shown."""

    class Kind(models.TextChoices):
        TEXT = "text", "文字"
        NUMBER = "number", "数"
        DAY = "day", "日"
        KEY = "key", "個人を表す番号"

    table = models.ForeignKey(DataTable, models.CASCADE, related_name="columns", verbose_name="集計表")
    position = models.PositiveIntegerField("順")
    name = models.CharField("項目名", max_length=100)
    kind = models.CharField("種類", max_length=10, choices=Kind)
    empty = models.PositiveIntegerField("空欄の数", default=0)

    class Meta:
        verbose_name = "集計表の項目"
        ordering = ["table", "position"]
        constraints = [
            models.UniqueConstraint(fields=["table", "position"], name="insights_one_column_per_position"),
            models.UniqueConstraint(fields=["table", "name"], name="insights_one_column_per_name"),
        ]

    def __str__(self) -> str:
        return self.name
