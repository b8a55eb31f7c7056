"""ポイント事業の一覧: programmes with their holders and what is left, the latest first."""

from typing import Any

from django.db.models import Count, Q, QuerySet, Sum
from django.db.models.functions import Coalesce
from django.urls import reverse

from todoke.design.templatetags.design import page_date
from todoke.lists.cells import joined, link
from todoke.lists.columns import Column
from todoke.lists.row_list import RowList
from todoke.points.models import PointProgram


def _period(row: Any) -> object:
    return joined([page_date(row.starts_on), page_date(row.ends_on)], "〜")


class PointProgramList(RowList[PointProgram]):
    """ポイント事業の一覧: the programmes of the sections for which a person may grant."""

    name, title, url = "point-programs", "ポイント事業", "office:points"
    key, start, counted = "code", "-starts", True
    search_fields, search_label = ("title", "code"), "事業名"
    columns = (
        Column("title", "事業", lambda row: row.title, sort="title",
               cell=lambda row: link(reverse("office:points-program", args=[row.code]), row.title)),
        Column("starts", "付与の期間", lambda row: row.starts_on, sort="starts_on", cell=_period),
        Column("ends", "付与の期間の末日", lambda row: row.ends_on, sort="ends_on", shown=False, exported=True),
        Column("expires", "有効期限", lambda row: row.expires_on, sort="expires_on", css="nowrap"),
        Column("points", "一人あたり", lambda row: row.points, sort="points", css="number"),
        Column("people", "人数", lambda row: row.people, sort="people", cell=lambda row: f"{row.people:,}人",
               css="number"),
        Column("granted", "付与", lambda row: row.granted, sort="granted", css="number"),
        Column("left", "残り", lambda row: row.left, sort="left", css="number"),
    )  # fmt: skip

    def rows(self, view: str) -> QuerySet[PointProgram]:
        live = Q(grants__cancelled_at=None)
        return PointProgram.objects.visible_to(self.user).annotate(
            people=Count("grants", filter=live), granted=Coalesce(Sum("grants__points", filter=live), 0),
            left=Coalesce(Sum("grants__left", filter=live), 0),
        )  # fmt: skip
