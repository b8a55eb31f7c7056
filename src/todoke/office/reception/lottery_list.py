"""抽選の一覧: the draws of a person's own halls, with what comes next in each."""

from collections.abc import Mapping
from typing import ClassVar

from django.db.models import Count, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import SafeString

from todoke.bookings.models import Lottery
from todoke.lists.cells import link, tag
from todoke.lists.columns import Column
from todoke.lists.row_list import RowList
from todoke.reception.booking_notices import moment

COLOURS = {"open": "success", "closed": "warning", "drawn": ""}


def _title(lottery: Lottery) -> SafeString:
    return link(reverse("office:lottery", args=[lottery.number]), lottery.title)


def _status(lottery: Lottery) -> SafeString:
    return tag(lottery.get_status_display(), COLOURS[lottery.status])


class LotteryList(RowList[Lottery]):
    """抽選の一覧: what is open, what waits for its draw, what is drawn."""

    name, title, url = "lotteries", "抽選", "office:lotteries"
    key, start = "number", "-closes"
    views: ClassVar[dict[str, str]] = {"open": "受付中", "closed": "抽選を待つもの", "drawn": "抽選済", "all": "すべて"}
    search_fields, search_label = ("title", "number"), "名称"
    columns = (
        Column("title", "名称", lambda row: row.title, sort="title", cell=_title, css="words"),
        Column("group", "施設", lambda row: row.group.name, sort="group__name"),
        Column("status", "状態", lambda row: row.get_status_display(), cell=_status),
        Column("closes", "締切", lambda row: moment(row.closes_at), sort="closes_at", css="nowrap"),
        Column("draws", "抽選", lambda row: moment(row.draws_at), sort="draws_at", css="nowrap"),
        Column("entries", "申込み", lambda row: row.entry_count, sort="entry_count", css="number"),
        Column("number", "抽選番号", lambda row: row.number, sort="number", shown=False, exported=True),
    )
    filled: ClassVar[frozenset[str]] = frozenset({"entry_count"})

    def rows(self, view: str) -> QuerySet[Lottery]:
        found = Lottery.objects.visible_to(self.user).select_related("group").annotate(entry_count=Count("entries"))
        return found if view in {"", "all"} else found.filter(status=view)

    def counts(self) -> Mapping[str, int]:
        due = Lottery.objects.visible_to(self.user).filter(status="closed", draws_at__lte=timezone.now())
        return {"closed": due.count()}
