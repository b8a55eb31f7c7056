"""Tables 庁内データ目録: every table by name, columns and keeper; its contents open to its own section."""

from collections.abc import Sequence
from typing import Any

from django.db.models import BooleanField, ExpressionWrapper, Prefetch, Q, QuerySet
from django.urls import reverse

from todoke.insights.models import DataTable, TableColumn
from todoke.insights.permissions import KEEP_TABLE
from todoke.lists.cells import link
from todoke.lists.columns import Choice, Column, Filter
from todoke.lists.row_list import RowList
from todoke.organization.models import Department


def _title(row: Any) -> object:
    return link(reverse("board:table", args=[row.token]), row.title) if row.is_own else row.title


class TableList(RowList[DataTable]):
    """庁内データ目録: uploaded tables, newest first; a name is a link where the person may open it."""

    name, title, url = "tables", "庁内データ目録", "board:tables"
    row_name = "table"
    key, start, counted = "token", "-uploaded", True
    search_fields, search_label = ("title", "source", "columns__name"), "表・項目"

    columns = (
        Column("title", "表", lambda t: t.title, sort="title", cell=_title),
        Column("columns", "項目", lambda t: "、".join(each.name for each in t.columns.all()[:12])),
        Column("rows", "行", lambda t: t.rows, sort="rows", css="number"),
        Column("as_of", "基準日", lambda t: t.as_of, sort="as_of", css="nowrap"),
        Column("source", "出典", lambda t: t.source, sort="source"),
        Column("department", "所管", lambda t: t.department.name, sort="department__code"),
        Column("uploaded", "取込日", lambda t: t.uploaded_at, sort="uploaded_at", css="nowrap", shown=False),
    )

    def filters(self) -> Sequence[Filter]:
        departments = [
            (each.code, each.name) for each in Department.objects.filter(data_tables__isnull=False).distinct()
        ]
        return (Choice("department", "所管", departments, field="department__code"),)

    def rows(self, view: str) -> QuerySet[DataTable]:
        columns = Prefetch("columns", TableColumn.objects.order_by("position"))
        own = Q(department__in=KEEP_TABLE.departments_of(self.user), erased_at__isnull=True)
        found = DataTable.objects.filter(series="").select_related("department").prefetch_related(columns)
        return found.annotate(is_own=ExpressionWrapper(own, BooleanField()))

    def search(self, rows: QuerySet[DataTable], words: str) -> QuerySet[DataTable]:
        return super().search(rows, words).distinct()
