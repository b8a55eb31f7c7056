"""未済項目の一覧: which open items a page shows, by what they are found and sorted, and what is exported."""

from collections.abc import Sequence

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.html import format_html

from todoke.design.templatetags.design import page_date, yen
from todoke.japanese.calendar import today
from todoke.lists.cells import hint, link
from todoke.lists.columns import Choice, Column, Filter
from todoke.lists.row_list import RowList
from todoke.payments.matching import Discrepancy
from todoke.payments.models import OpenItem


def _difference(item: OpenItem) -> object:
    return format_html("{}<br>{}", item.finding.get_difference_display(), hint(item.finding.reference))


def _opened(item: OpenItem) -> object:
    day = link(reverse("office:payments-day", args=[item.opened_on]), page_date(item.opened_on))
    return format_html("{}<br>{}", day, hint(f"{item.age(today())}日経過"))


class OpenItemList(RowList[OpenItem]):
    """未済項目の一覧: what closed days left open, oldest first."""

    name, title, url, row_name = "open-items", "未済項目", "office:payments-items", "item"
    start, counted = "opened", True
    search_fields, search_label = ("finding__reference", "finding__explanation"), "照合番号・対応"
    columns = (
        Column("difference", "区分・照合番号", lambda i: i.finding.get_difference_display(),
               sort="finding__difference", cell=_difference),
        Column("reference", "照合番号", lambda i: i.finding.reference, sort="finding__reference", shown=False,
               exported=True),
        Column("opened", "発生日", lambda i: i.opened_on, sort="opened_on", cell=_opened, css="nowrap"),
        Column("age", "経過日数", lambda i: i.age(today()), css="number", shown=False, exported=True),
        Column("account", "勘定", lambda i: i.account_name, sort="account"),
        Column("yen", "金額(円)", lambda i: i.yen, sort="yen", cell=lambda i: yen(i.gross_yen), css="number"),
        Column("explanation", "対応", lambda i: i.finding.explanation, css="words"),
        Column("acts", "次にすること", lambda i: "", template="office/payments/item_acts.html", exported=False),
    )  # fmt: skip

    def filters(self) -> Sequence[Filter]:
        return (Choice("difference", "区分", Discrepancy.choices, field="finding__difference"),)

    def rows(self, view: str) -> QuerySet[OpenItem]:
        return OpenItem.objects.open().select_related("finding__day_close")
