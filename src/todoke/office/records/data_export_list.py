"""持出し記録の一覧: who took which list or file away, by what it is found and sorted."""

from collections.abc import Sequence
from datetime import timedelta

from django.db.models import Q, QuerySet
from django.utils.html import format_html

from todoke.audit.models import DataExport
from todoke.japanese.calendar import start_of_day
from todoke.lists.cells import hint, moment
from todoke.lists.columns import Choice, Column, Day, Filter
from todoke.lists.row_list import RowList

ABOUT = {"several": "複数の人", "one": "一人", "none": "なし"}
ABOUT_CONDITIONS = {"several": Q(persons__gt=1), "one": Q(persons=1), "none": Q(persons=None) | Q(persons=0)}


def _two(above: str, below: str) -> object:
    """Return two lines, the second as a hint, or the first alone."""
    return format_html("{}<br>{}", above, hint(below)) if below else above


class DataExportList(RowList[DataExport]):
    """持出し記録の一覧: of all departments, newest first; the page asks who may see it."""

    name, title, url, export_url = "data-exports", "持出し記録", "office:data-exports", "office:data-exports-export"
    key, start, dense = "token", "-at", True
    search_fields = ("actor__name", "departments", "title", "conditions", "reason")
    search_label = "人・部署・持ち出したもの・条件・理由"
    columns = (
        Column("at", "日時", lambda x: x.at, sort="at", cell=lambda x: moment(x.at), css="nowrap"),
        Column(
            "actor",
            "持ち出した人",
            lambda x: x.actor.name,
            sort="actor__name",
            css="name",
            cell=lambda x: _two(x.actor.name, x.departments),
        ),
        Column(
            "departments", "そのときの部署", lambda x: x.departments, sort="departments", shown=False, exported=True
        ),
        Column(
            "title",
            "持ち出したもの",
            lambda x: x.title,
            sort="title",
            css="words",
            cell=lambda x: _two(x.title, x.columns and f"項目: {x.columns}"),
        ),
        Column("columns", "項目", lambda x: x.columns, css="words", shown=False, exported=True),
        Column(
            "persons",
            "人数",
            lambda x: x.persons,
            sort="persons",
            css="number",
            cell=lambda x: _two("なし" if x.persons is None else f"{x.persons:,}人", f"{x.rows:,}件"),
        ),
        Column("rows", "件数", lambda x: x.rows, sort="rows", css="number", shown=False, exported=True),
        Column("conditions", "条件", lambda x: x.conditions),
        Column("reason", "理由", lambda x: x.reason, css="words", cell=lambda x: x.reason or "なし"),
        Column("format", "形式", lambda x: x.file_format, shown=False, exported=True),
    )

    def filters(self) -> Sequence[Filter]:
        return (
            Choice("about", "人の情報", list(ABOUT.items()), condition=ABOUT_CONDITIONS.__getitem__),
            Day("since", "この日から", lambda day: Q(at__gte=start_of_day(day))),
            Day("until", "この日まで", lambda day: Q(at__lt=start_of_day(day + timedelta(days=1)))),
        )

    def rows(self, view: str) -> QuerySet[DataExport]:
        return DataExport.objects.select_related("actor")
