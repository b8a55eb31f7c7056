"""文書分類表の一覧: which lines of one table a page shows, by what they are found and sorted."""

from collections.abc import Mapping, Sequence
from typing import Any, Self

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.html import format_html

from todoke.accounts.models import User
from todoke.lists.columns import Choice, Column, Filter
from todoke.lists.row_list import RowList
from todoke.records.models import Classification, ClassificationTable
from todoke.records.models.classification import Period


def _name(line: Classification) -> object:
    return format_html('<span class="hint">{} の下</span><br>{}', line.parent, line.name) if line.parent else line.name


class ClassificationList(RowList[Classification]):
    """文書分類表の一覧: the lines of one published table."""

    name, title, url, export_url = "classifications", "文書分類表", "office:classification-table", ""
    key, tie, start = "code", "code", "code"
    search_fields, search_label = ("code", "name", "matter"), "記号・名称・件名の種類"
    columns = (
        Column("code", "分類記号", lambda row: row.code, sort="code", css="nowrap"),
        Column("name", "名称", lambda row: row.name, sort="name", cell=_name),
        Column("parent", "上位の分類", lambda row: row.parent and row.parent.code, shown=False, exported=True),
        Column("years", "保存期間", lambda row: row.get_years_display(), sort="years", css="nowrap"),
        Column("start", "起算", lambda row: row.get_start_rule_display(), css="words"),
        Column("matter", "綴る件名の種類", lambda row: row.matter, cell=lambda row: row.matter or "なし"),
        Column("basis", "根拠", lambda row: row.basis, cell=lambda row: row.basis or "なし"),
    )

    def __init__(self, user: User, table: ClassificationTable) -> None:
        super().__init__(user)
        self.table_shown = table
        self.title = f"文書分類表第{table.number}版"

    @classmethod
    def at(cls, user: User, place: Mapping[str, Any]) -> Self:
        return cls(user, get_object_or_404(ClassificationTable, number=place["number"]))

    def path(self) -> str:
        return reverse("office:classification-table", args=[self.table_shown.number])

    def export_path(self) -> str:
        return reverse("office:classifications-export", args=[self.table_shown.number])

    def filters(self) -> Sequence[Filter]:
        return (Choice("years", "保存期間", Period.choices, field="years"),)

    def rows(self, view: str) -> QuerySet[Classification]:
        return self.table_shown.lines.select_related("parent")
