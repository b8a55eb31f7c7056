"""日計の一覧: which business days a page shows, by what they are found and sorted, and what is exported."""

from collections.abc import Sequence
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.urls import reverse
from django.utils.safestring import SafeString

from todoke.design.templatetags.design import page_date
from todoke.lists.cells import link, tag
from todoke.lists.columns import Choice, Column, Filter
from todoke.lists.row_list import RowList
from todoke.payments.models import DayClose

CLOSED, LEFT = Q(signed_at__isnull=False), Q(left__gt=0)
STATES = {
    "closed": ("締め済み", CLOSED),
    "left": ("対応待ち", ~CLOSED & LEFT),
    "prepared": ("確認待ち", ~CLOSED & ~LEFT & Q(prepared_at__isnull=False)),
    "open": ("作成中", ~CLOSED & ~LEFT & Q(prepared_at__isnull=True)),
}
"""The states of a day: label and condition."""


def _state(row: Any) -> str:
    if row.is_closed:
        return "closed"
    return "left" if row.left else "prepared" if row.prepared_at else "open"


def _state_cell(row: Any) -> SafeString:
    state, kinds = _state(row), {"closed": "success", "left": "warning"}
    return tag(f"対応待ち {row.left}件" if state == "left" else STATES[state][0], kinds.get(state, ""))


def _day(row: DayClose) -> SafeString:
    return link(reverse("office:payments-day", args=[row.day]), page_date(row.day))


class DayCloseList(RowList[DayClose]):
    """日計の一覧: the days that somebody reconciled, newest first."""

    name, title, url = "day-closes", "日計", "office:payments"
    key, start = "day", "-day"
    columns = (
        Column("day", "業務日", lambda c: c.day, sort="day", cell=_day, css="nowrap"),
        Column("matched", "一致(件)", lambda c: c.matched, sort="matched", css="number"),
        Column("differences", "差異(件)", lambda c: c.differences, sort="differences", css="number"),
        Column("left", "対応待ち(件)", lambda c: c.left, sort="left", css="number", shown=False, exported=True),
        Column("state", "状態", lambda c: STATES[_state(c)][0], cell=_state_cell),
        Column("prepared_by", "作成", lambda c: c.prepared_by and c.prepared_by.name, sort="prepared_by__name"),
        Column("signed_by", "確認", lambda c: c.signed_by and c.signed_by.name, sort="signed_by__name"),
        Column(
            "signed", "締めた日時", lambda c: c.signed_at, sort="signed_at", css="nowrap", shown=False, exported=True
        ),
    )

    def filters(self) -> Sequence[Filter]:
        states = [(key, label) for key, (label, _) in STATES.items()]
        return (Choice("state", "状態", states, condition=lambda key: STATES[key][1]),)

    def rows(self, view: str) -> QuerySet[DayClose]:
        left = Count("findings", filter=Q(findings__explained_at__isnull=True))
        days = DayClose.objects.select_related("prepared_by", "signed_by")
        return days.annotate(differences=Count("findings"), left=left)
