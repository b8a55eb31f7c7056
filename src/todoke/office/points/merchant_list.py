"""加盟店の一覧: shops with their state, what was used there, and alerts that nobody looked at."""

from collections.abc import Sequence

from django.db.models import Count, Q, QuerySet
from django.urls import reverse

from todoke.lists.cells import link, tag
from todoke.lists.columns import Choice, Column, Filter
from todoke.lists.row_list import RowList
from todoke.points.models import Merchant

TAGS = {"applied": "warning", "approved": "success"}


class MerchantList(RowList[Merchant]):
    """加盟店の一覧: one row a shop."""

    name, title, url = "merchants", "加盟店", "office:merchants"
    key, start, counted = "number", "-number", True
    search_fields, search_label = ("name", "number"), "店の名前・加盟店番号"
    columns = (
        Column("number", "加盟店番号", lambda row: row.number, sort="number", css="nowrap",
               cell=lambda row: link(reverse("office:merchant", args=[row.number]), row.number)),
        Column("name", "店の名前", lambda row: row.name, sort="name"),
        Column("category", "業種", lambda row: row.get_category_display(), sort="category"),
        Column("status", "状態", lambda row: row.get_status_display(),
               cell=lambda row: tag(row.get_status_display(), TAGS.get(row.status, ""))),
        Column("alerts", "確かめる不正の疑い", lambda row: row.open_alerts, sort="open_alerts", css="number"),
    )  # fmt: skip

    def filters(self) -> Sequence[Filter]:
        return (Choice("status", "状態", Merchant.Status.choices, field="status"),)

    def rows(self, view: str) -> QuerySet[Merchant]:
        waiting = Count("alerts", filter=Q(alerts__handled_at=None))
        return Merchant.objects.visible_to(self.user).annotate(open_alerts=waiting)
