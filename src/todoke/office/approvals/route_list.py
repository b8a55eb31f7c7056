"""決裁ルートの一覧: which routes a page shows, with the version in force and the next one."""

from collections.abc import Sequence
from typing import Any

from django.db.models import OuterRef, Q, QuerySet, Subquery
from django.urls import reverse
from django.utils.safestring import SafeString

from todoke.approvals.models import Route, RouteVersion
from todoke.design.templatetags.design import page_date
from todoke.japanese.calendar import today
from todoke.lists.cells import link, tag
from todoke.lists.columns import Choice, Column, Filter
from todoke.lists.row_list import RowList

STATES = {
    "draft": ("案を書いている", Q(draft__isnull=False)),
    "next": ("次の版が公開されている", Q(next_from__isnull=False)),
    "none": ("有効な版がない", Q(now_from__isnull=True)),
}


def _name(route: Route) -> SafeString:
    return link(reverse("office:route", args=[route.code]), route.name)


def _now(route: Any) -> object:
    return f"第{route.now_number}版" if route.now_number else tag("なし", "warning")


def _next(route: Any) -> str:
    return f"{page_date(route.next_from)}から" if route.next_from else "なし"


def _draft(route: Route) -> object:
    return link(reverse("office:route-draft", args=[route.code]), "書きかけの案") if hasattr(route, "draft") else "なし"


class RouteList(RowList[Route]):
    """決裁ルートの一覧: every route of the office."""

    name, title, url, export_url = "routes", "決裁ルート", "office:routes", "office:routes-export"
    key, tie, start = "code", "code", "code"
    search_fields, search_label = ("name",), "名称"
    columns = (
        Column("name", "名称", lambda r: r.name, sort="name", cell=_name, css="words"),
        Column("now", "いまの版", lambda r: r.now_number, cell=_now, css="nowrap"),
        Column("from", "適用開始日", lambda r: r.now_from, sort="now_from",
               cell=lambda r: page_date(r.now_from) or "なし", css="nowrap"),
        Column("basis", "根拠規程", lambda r: r.now_basis, cell=lambda r: r.now_basis or "なし", css="words"),
        Column("next", "次の版の適用開始日", lambda r: r.next_from, sort="next_from", cell=_next, css="nowrap"),
        Column("draft", "案", lambda r: "あり" if hasattr(r, "draft") else "なし", cell=_draft, css="nowrap"),
    )  # fmt: skip

    def filters(self) -> Sequence[Filter]:
        choices = [(key, label) for key, (label, _) in STATES.items()]
        return (Choice("state", "状態", choices, condition=lambda key: STATES[key][1]),)

    def rows(self, view: str) -> QuerySet[Route]:
        versions = RouteVersion.objects.filter(route=OuterRef("pk"))
        now = versions.filter(starts_on__lte=today()).order_by("-starts_on")
        coming = versions.filter(starts_on__gt=today()).order_by("starts_on")
        return Route.objects.select_related("draft").annotate(
            now_number=Subquery(now.values("number")[:1]),
            now_from=Subquery(now.values("starts_on")[:1]),
            now_basis=Subquery(now.values("basis")[:1]),
            next_from=Subquery(coming.values("starts_on")[:1]),
        )
