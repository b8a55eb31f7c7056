"""利用契約の一覧: tools with what they cost in this fiscal year and what must be decided."""

from typing import Any

from django.db.models import QuerySet
from django.urls import reverse

from todoke.japanese.calendar import fiscal_year, today
from todoke.lists.cells import joined, link, tag
from todoke.lists.columns import Column
from todoke.lists.row_list import RowList
from todoke.systems.models import BudgetCalendar, Subscription


def _alerts(row: Any) -> object:
    return joined([tag(said, "warning") for said in row.decide], " ") or "なし"


def _with_alerts(rows: list[Any]) -> list[Any]:
    """Return the rows with their alerts, read under one calendar."""
    day = today()
    calendar = BudgetCalendar.following(day)
    for row in rows:
        row.decide = row.alerts_before(calendar, day)
    return rows


class SubscriptionList(RowList[Subscription]):
    """利用契約の一覧: one row a tool with its own prices, and ``decide``, its alerts of today."""

    name, title, url = "subscriptions", "利用契約", "board:subscriptions"
    key, start, counted, size = "code", "name", True, 20
    search_fields, search_label = ("name", "code", "department__name"), "名称・番号・部署"
    columns = (
        Column("name", "名称", lambda row: row.name, sort="name",
               cell=lambda row: link(reverse("board:subscription", args=[row.code]), row.name)),
        Column("code", "番号", lambda row: row.code, sort="code", shown=False, exported=True),
        Column("department", "所管部署", lambda row: row.department.name, sort="department__code", css="words"),
        Column("kind", "払い方", lambda row: row.get_kind_display()),
        Column("yen", "今年度の費用(円)", lambda row: row.yearly_yen(fiscal_year(today())), css="number"),
        Column("trial", "試用の終わり", lambda row: row.trial_until, sort="trial_until", css="nowrap"),
        Column("alerts", "決めること", lambda row: " ".join(row.decide), cell=_alerts, css="words"),
    )  # fmt: skip

    def rows(self, view: str) -> QuerySet[Subscription]:
        return Subscription.objects.select_related("department").prefetch_related("prices", "uses", "decisions")

    def fetch(self, rows: "QuerySet[Any, Subscription]") -> list[Subscription]:
        """With what must be decided about each."""
        return _with_alerts(super().fetch(rows))

    def exported(self, rows: "QuerySet[Any, Subscription]") -> list[Subscription]:
        """With the same figures as on the page."""
        return _with_alerts(list(rows))
