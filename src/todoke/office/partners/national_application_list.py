"""国の窓口の申請の一覧: what came from the national portal, what it waits for, and the state that was set back."""

from collections.abc import Sequence

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.safestring import SafeString

from todoke.integrations.models import NationalApplication
from todoke.lists.cells import link, moment
from todoke.lists.columns import Choice, Column, Filter
from todoke.lists.row_list import RowList


def _number(row: NationalApplication) -> SafeString:
    return link(reverse("office:national-application", args=[row.number]), row.number)


class NationalApplicationList(RowList[NationalApplication]):
    """国の窓口の申請の一覧: one row an application."""

    name, title, url = "national-applications", "国の窓口の申請", "office:national-applications"
    key, start, counted = "number", "-arrived", True
    search_fields, search_label = ("number", "title", "case__number"), "受付番号・手続"
    columns = (
        Column("number", "国の受付番号", lambda row: row.number, cell=_number),
        Column("title", "手続", lambda row: row.title, sort="title", css="words"),
        Column("case", "受付番号", lambda row: row.case.number if row.case else "", css="nowrap"),
        Column("waits", "待っていること", lambda row: row.waits_for, css="words"),
        Column("told", "返した状態", lambda row: row.told, css="nowrap"),
        Column("arrived", "届いた日時", lambda row: row.arrived_at, sort="arrived_at", css="nowrap",
               cell=lambda row: moment(row.arrived_at)),
    )  # fmt: skip

    def filters(self) -> Sequence[Filter]:
        kinds = (("waiting", "人を待っている"), ("taken", "案件になった"))
        return (Choice("state", "状態", kinds, condition=lambda key: Q(case__isnull=key == "waiting")),)

    def rows(self, view: str) -> QuerySet[NationalApplication]:
        return NationalApplication.objects.visible_to(self.user).select_related("case")
