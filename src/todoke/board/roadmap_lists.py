"""Lists of roadmaps and of what they hold 導入計画: which procedure goes online in which quarter."""

from collections.abc import Mapping, Sequence
from typing import Any, Self

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from django.urls import reverse

from todoke.accounts.models import User
from todoke.design.templatetags.design import page_date
from todoke.lists.cells import joined, link, tag
from todoke.lists.columns import Choice, Column, Filter
from todoke.lists.row_list import RowList
from todoke.organization.models import Department
from todoke.roadmaps.adjustments import current_stage
from todoke.roadmaps.models import Roadmap, RoadmapItem


class RoadmapList(RowList[Roadmap]):
    """導入計画の一覧: every roadmap, the latest first."""

    name, title, url = "roadmaps", "導入計画", "board:roadmaps"
    key, start, counted = "code", "-starts", True
    search_fields, search_label = ("title", "code"), "名称"
    columns = (
        Column("title", "名称", lambda row: row.title, sort="title",
               cell=lambda row: link(reverse("board:roadmap", args=[row.code]), row.title)),
        Column("starts", "初日", lambda row: row.starts_on, sort="starts_on", css="nowrap"),
        Column("quarters", "四半期", lambda row: row.quarters, sort="quarters", css="number"),
        Column("drawn", "組んだとき", lambda row: row.drawn_at, sort="drawn_at", css="nowrap",
               cell=lambda row: page_date(row.drawn_at) or "まだ"),
        Column("by", "組んだ人", lambda row: row.drawn_by, shown=False, exported=True),
    )  # fmt: skip

    def rows(self, view: str) -> QuerySet[Roadmap]:
        return Roadmap.objects.select_related("drawn_by")


def _item(row: RoadmapItem) -> object:
    address = reverse("board:roadmap-item", args=[row.roadmap.code, row.procedure.number])
    return joined([link(address, row.procedure.title), tag("固定") if row.pinned is not None else ""])


def _quarter(row: RoadmapItem, at: int | None, unknown: str = "") -> str:
    return unknown if at is None else row.roadmap.quarter_label(at)


def _begins(row: RoadmapItem) -> object:
    return None if row.quarter is None else row.roadmap.first_day(row.quarter)


def _opens(row: RoadmapItem) -> object:
    return None if row.quarter is None else row.roadmap.first_day(row.quarter + row.length)


class RoadmapItemList(RowList[RoadmapItem]):
    """着手する順: the procedures of one roadmap by quarter, the heaviest burden first."""

    name, title, url, export_url = "roadmap-items", "着手する順", "board:roadmap", "board:roadmap-export"
    key, start, dense, counted = "procedure__number", "quarter", True, True
    views = {"placed": "計画に入った手続", "left": "入らなかった手続", "all": "すべて"}
    search_fields, search_label = ("procedure__title", "procedure__number"), "手続名・番号"
    columns = (
        Column("title", "手続", lambda row: row.procedure.title, sort="procedure__title", cell=_item),
        Column("number", "手続番号", lambda row: row.procedure.number, sort="procedure__serial", css="nowrap",
               shown=False, exported=True),
        Column("quarter", "着手", lambda row: _quarter(row, row.quarter, "入っていない"), sort=("quarter", "-burden"),
               css="nowrap"),
        Column("begins", "着手の日", _begins, shown=False, exported=True),
        Column("opens", "公開の日", _opens, shown=False, exported=True),
        Column("department", "所管部署", lambda row: str(row.procedure.department or "未定"),
               sort="procedure__department__code"),
        Column("effort", "人月", lambda row: row.effort, sort="effort", cell=lambda row: f"{row.effort:.1f}",
               css="number"),
        Column("shared", "共通で支える部署の人月", lambda row: row.shared_effort, shown=False, exported=True),
        Column("burden", "1年の負担(分)", lambda row: row.burden, sort="burden", css="number"),
        Column("stage", "段階", current_stage, cell=lambda row: current_stage(row) or "これから"),
        Column("pinned", "固定", lambda row: _quarter(row, row.pinned), shown=False, exported=True),
        Column("exclusion", "外した理由", lambda row: row.exclusion, shown=False, exported=True),
    )  # fmt: skip

    def __init__(self, user: User, roadmap: Roadmap) -> None:
        super().__init__(user)
        self.roadmap = roadmap

    @classmethod
    def at(cls, user: User, place: Mapping[str, Any]) -> Self:
        return cls(user, get_object_or_404(Roadmap, code=place["code"]))

    def path(self) -> str:
        return reverse("board:roadmap", args=[self.roadmap.code])

    def export_path(self) -> str:
        return reverse("board:roadmap-export", args=[self.roadmap.code])

    def filters(self) -> Sequence[Filter]:
        sections = Department.objects.filter(procedures__roadmap_items__roadmap=self.roadmap).distinct()
        choices = [(each.code, each.name) for each in sections]
        return (Choice("department", "所管部署", choices, field="procedure__department__code"),)

    def rows(self, view: str) -> QuerySet[RoadmapItem]:
        items = self.roadmap.items.select_related("roadmap", "procedure__department").prefetch_related("stages")
        return items.filter(quarter__isnull=view == "left") if view in ("placed", "left") else items

    def counts(self) -> Mapping[str, int]:
        placed, every = self.roadmap.items.filter(quarter__isnull=False).count(), self.roadmap.items.count()
        return {"placed": placed, "left": every - placed, "all": every}
