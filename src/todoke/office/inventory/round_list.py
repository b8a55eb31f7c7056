"""棚卸の一覧: rounds with how many sections have sent their sheets back, newest first."""

from typing import Any

from django.db.models import Count, Q, QuerySet
from django.urls import reverse

from todoke.design.templatetags.design import page_date
from todoke.lists.cells import joined, link
from todoke.lists.columns import Column
from todoke.lists.row_list import RowList
from todoke.rounds.models import Round


def _returned(row: Any) -> str:
    return f"{row.returned}/{row.sections}部署"


class RoundList(RowList[Round]):
    """棚卸の一覧: every round."""

    name, title, url = "rounds", "棚卸", "office:rounds"
    key, start, counted = "code", "-opened", True
    search_fields, search_label = ("title", "code"), "名称"
    columns = (
        Column("title", "名称", lambda row: row.title, sort="title",
               cell=lambda row: link(reverse("office:round", args=[row.code]), row.title)),
        Column("due", "期限", lambda row: row.due_on, sort="due_on", css="nowrap"),
        Column("returned", "回答を終えた部署", lambda row: row.returned, sort="returned", cell=_returned, css="number"),
        Column("sections", "部署の数", lambda row: row.sections, shown=False, exported=True, css="number"),
        Column("starts", "件数の期間の初日", lambda row: row.starts_on, sort="starts_on", shown=False, exported=True),
        Column("ends", "件数の期間の末日", lambda row: row.ends_on, sort="ends_on", shown=False, exported=True),
        Column("opened", "開始", lambda row: row.opened_at, sort="opened_at",
               cell=lambda row: joined([page_date(row.opened_at), row.opened_by])),
        Column("by", "開始した人", lambda row: row.opened_by, shown=False, exported=True),
    )  # fmt: skip

    def rows(self, view: str) -> QuerySet[Round]:
        finished = Count("sheets", filter=Q(sheets__returned_at__isnull=False))
        return Round.objects.select_related("opened_by").annotate(sections=Count("sheets"), returned=finished)
