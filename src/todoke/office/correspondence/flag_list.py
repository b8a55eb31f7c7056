"""支援措置の一覧: which stop flags a page shows, by what they are found and sorted, and what is exported."""

from typing import Any

from django.db.models import Exists, OuterRef, QuerySet

from todoke.cases.models import StopFlag
from todoke.design.templatetags.design import page_date
from todoke.lists.columns import Column
from todoke.lists.row_list import RowList


def _state(flag: Any) -> str:
    if flag.lifted_at:
        return f"{page_date(flag.lifted_at)}に解除"
    return "有効" if flag.is_in_force else "期間外"


class StopFlagList(RowList[StopFlag]):
    """支援措置の一覧: the flags that the person's sections placed, newest first.

    Never a file: a copy of protected names outlives their lifting, and where it lies nobody sees.
    """

    name, title, url, row_name = "flags", "支援措置", "office:flags", "flag"
    key, start, exportable = "token", "-starts", False
    views = {"all": "すべて", "current": "有効なもの", "past": "終わったもの"}
    search_fields, search_label = ("name",), "氏名"
    columns = (
        Column("name", "氏名", lambda f: f.name, sort="name", css="name"),
        Column("born", "生年月日", lambda f: f.born_on, css="nowrap"),
        Column("department", "担当部署", lambda f: f.department.name, sort="department__code"),
        Column("starts", "開始日", lambda f: f.starts_on, sort="starts_on", css="nowrap"),
        Column("ends", "終了日", lambda f: f.ends_on, sort="ends_on", css="nowrap"),
        Column("by", "登録した人", lambda f: f.placed_by.name),
        Column("state", "状態", _state, template="office/flags/state.html"),
    )

    def rows(self, view: str) -> QuerySet[StopFlag]:
        in_force = Exists(StopFlag.objects.in_force().filter(pk=OuterRef("pk")))
        found = StopFlag.objects.visible_to(self.user).annotate(is_in_force=in_force)
        found = found.select_related("department", "placed_by")
        return found if view in {"", "all"} else found.filter(is_in_force=view == "current")
