"""所管を決める手続の一覧: what a department said is another's, and what has no department."""

from collections.abc import Mapping
from functools import cached_property
from typing import Any

from django.db.models import OuterRef, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from todoke.lists.cells import hint, link
from todoke.lists.columns import Column
from todoke.lists.query import ListQuery
from todoke.lists.row_list import RowList
from todoke.procedures.models import Procedure
from todoke.rounds import transfers
from todoke.rounds.models import RoundRow


def _title(row: Procedure) -> SafeString:
    known = f"{row.number} {row.law}"
    return format_html("{}<br>{}", link(reverse("office:procedure", args=[row.number]), row.title), hint(known))


def _said(row: Any) -> str:
    return f"{row.said_by}が「ほかの課の手続」と回答" if row.said_by else ""


class UnsettledList(RowList[Procedure]):
    """所管を決める手続の一覧: both kinds."""

    name, title, url, row_name = "unsettled", "所管を決める手続", "office:unsettled", "procedure"
    key, tie, start, counted = "number", "serial", "title", True
    views = {"all": "すべて", "elsewhere": "ほかの課の手続", "none": "所管のない手続"}
    search_fields, search_label = ("title", "number", "law"), "手続名・法令・番号"
    columns = (
        Column("title", "手続名", lambda row: row.title, sort="title", cell=_title),
        Column("number", "手続番号", lambda row: row.number, shown=False, exported=True),
        Column("department", "いまの所管部署", lambda row: row.department.name if row.department else "未定"),
        Column("said", "回答", _said),
        Column("act", "所管部署を決める", lambda row: "", template="office/unsettled/act.html", exported=False),
    )  # fmt: skip

    def rows(self, view: str) -> QuerySet[Procedure]:
        chosen = {"elsewhere": transfers.disputed, "none": transfers.unassigned}.get(view, transfers.unsettled)()
        said = RoundRow.objects.filter(procedure=OuterRef("pk"), answer=RoundRow.Answer.ELSEWHERE)
        names = said.order_by("-answered_at").values("answered_by__name")[:1]
        return chosen.select_related("department").annotate(said_by=Coalesce(Subquery(names), Value("")))

    def count(self, rows: "QuerySet[Any, Procedure]", query: ListQuery) -> int | None:
        """As everywhere; without conditions of all the sum, as a procedure has a department or not."""
        if query.is_narrowed:
            return super().count(rows, query)
        return self._numbers.get(query.view, sum(self._numbers.values()))

    @cached_property
    def _numbers(self) -> Mapping[str, int]:
        return {"elsewhere": transfers.disputed().count(), "none": transfers.unassigned().count()}

    def counts(self) -> Mapping[str, int]:
        return self._numbers
