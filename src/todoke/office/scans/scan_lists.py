"""読取り束の一覧: the batches of one's departments, and what each still needs."""

from typing import ClassVar

from django.db.models import Count, Q, QuerySet
from django.urls import reverse
from django.utils.safestring import SafeString

from todoke.lists.cells import link, moment, tag
from todoke.lists.columns import Column
from todoke.lists.row_list import RowList
from todoke.scans.models import ScanBatch

_KINDS = {"arrived": "", "reading": "", "checking": "warning", "done": "success"}


def _title(row: ScanBatch) -> SafeString:
    return link(reverse("office:scan", args=[row.token]), row.template.title)


def _state(row: ScanBatch) -> SafeString:
    return tag(row.get_status_display(), _KINDS[row.status])


class ScanBatchList(RowList[ScanBatch]):
    """読取り束の一覧: those at work first, then what is done."""

    name, title, url = "scans", "紙の読取り", "office:scans"
    key, start = "token", "-begun"
    views: ClassVar[dict[str, str]] = {"open": "これからのもの", "done": "完了したもの", "all": "すべて"}
    search_fields, search_label = ("template__title",), "様式の名前"
    columns = (
        Column("template", "様式", lambda row: row.template.title, sort="template__title", cell=_title, css="words"),
        Column("begun", "始めた日時", lambda row: moment(row.begun_at), sort="begun_at", css="nowrap"),
        Column("channel", "届き方", lambda row: row.get_channel_display(), sort="channel"),
        Column("claimed", "数えた枚数", lambda row: row.claimed, sort="claimed", css="number"),
        Column("arrived", "届いた画像", lambda row: row.arrived, sort="arrived", css="number"),
        Column("left", "未受付の紙面", lambda row: row.left, sort="left", css="number"),
        Column("state", "状態", lambda row: row.get_status_display(), sort="status", cell=_state),
    )
    filled: ClassVar[frozenset[str]] = frozenset({"arrived", "left"})

    def rows(self, view: str) -> QuerySet[ScanBatch]:
        found = ScanBatch.objects.visible_to(self.user).select_related("template")
        live = Q(sheets__removed_at=None, sheets__settled_at=None, sheets__isnull=False)
        counted = found.annotate(arrived=Count("sheets"), left=Count("sheets", filter=live))
        if view in {"", "all"}:
            return counted
        return counted.filter(status="done") if view == "done" else counted.exclude(status="done")
