"""持出し記録の一覧: who took which list or file away, by what it is found and sorted."""

from collections.abc import Sequence
from datetime import timedelta

from django.db.models import Q, QuerySet

from todoke.audit.models import DataExport
from todoke.japanese.calendar import start_of_day
from todoke.lists.cells import moment
from todoke.lists.columns import Column, Day, Filter
from todoke.lists.row_list import RowList


class DataExportList(RowList[DataExport]):
    """持出し記録の一覧: of all departments, newest first; the page asks who may see it."""

    name, title, url, export_url = "data-exports", "持出し記録", "office:data-exports", "office:data-exports-export"
    key, start, dense = "token", "-at", True
    search_fields = ("actor__name", "departments", "title", "conditions", "reason")
    search_label = "人・部署・持ち出したもの・条件・理由"
    columns = (
        Column("at", "日時", lambda x: x.at, sort="at", cell=lambda x: moment(x.at), css="nowrap"),
        Column("actor", "持ち出した人", lambda x: x.actor.name, sort="actor__name", css="name"),
        Column("departments", "そのときの部署", lambda x: x.departments, sort="departments"),
        Column("title", "持ち出したもの", lambda x: x.title, sort="title", css="words"),
        Column("rows", "件数", lambda x: x.rows, sort="rows", css="number"),
        Column("conditions", "条件", lambda x: x.conditions, css="words"),
        Column("columns", "項目", lambda x: x.columns, css="words"),
        Column("reason", "理由", lambda x: x.reason, css="words", cell=lambda x: x.reason or "なし"),
        Column("format", "形式", lambda x: x.file_format, shown=False, exported=True),
    )

    def filters(self) -> Sequence[Filter]:
        return (
            Day("since", "この日から", lambda day: Q(at__gte=start_of_day(day))),
            Day("until", "この日まで", lambda day: Q(at__lt=start_of_day(day + timedelta(days=1)))),
        )

    def rows(self, view: str) -> QuerySet[DataExport]:
        return DataExport.objects.select_related("actor")
