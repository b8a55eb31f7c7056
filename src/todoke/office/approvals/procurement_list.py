"""調達の一覧: which purchases a page shows, compared with last time."""

from collections.abc import Sequence

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from todoke.approvals.models import Procurement
from todoke.design.templatetags.design import page_date, yen
from todoke.lists.cells import link, tag
from todoke.lists.columns import Choice, Column, Filter
from todoke.lists.row_list import RowList


def _number(purchase: Procurement) -> SafeString:
    return link(reverse("office:procurement", args=[purchase.number]), purchase.number)


def _title(purchase: Procurement) -> object:
    return format_html("{} {}", purchase.title, tag("本部審査")) if purchase.goes_to_headquarters else purchase.title


class ProcurementList(RowList[Procurement]):
    """調達の一覧: the purchases of the person's sections, newest first; headquarters sees all."""

    name, title, url = "procurements", "調達", "office:procurements"
    key, tie, start = "number", "number", "-number"
    search_fields, search_label = ("title",), "件名"
    columns = (
        Column("number", "調達番号", lambda p: p.number, sort="number", cell=_number, css="nowrap"),
        Column("title", "件名", lambda p: p.title, sort="title", cell=_title),
        Column("kind", "区分", lambda p: p.get_kind_display()),
        Column("department", "所管", lambda p: p.department.name, sort="department__code"),
        Column("amount", "予定金額", lambda p: p.amount, sort="amount", cell=lambda p: yen(p.amount), css="number"),
        Column("before", "前回の金額", lambda p: p.previous_amount, cell=lambda p: yen(p.previous_amount),
               css="number", shown=False, exported=True),
        Column("increase", "増減", lambda p: p.increase, cell=lambda p: yen(p.increase), css="number"),
        Column("decision", "決裁", lambda p: p.proposal.get_status_display() if p.proposal else "未起案",
               template="office/procurements/status.html"),
        Column("contract", "契約手続の開始", lambda p: p.contract_started_at, sort="contract_started_at",
               cell=lambda p: page_date(p.contract_started_at) or "まだ"),
    )  # fmt: skip

    def filters(self) -> Sequence[Filter]:
        return (Choice("category", "区分", Procurement.Kind.choices, field="kind"),)

    def rows(self, view: str) -> QuerySet[Procurement]:
        return Procurement.objects.visible_to(self.user).select_related("department", "proposal")
