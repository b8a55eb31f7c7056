"""電話・手紙で知らせる人の一覧: whom the section has to call or write to, and who did it, when and by which way."""

from collections.abc import Mapping
from typing import ClassVar

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.safestring import SafeString

from todoke.lists.cells import link, tag
from todoke.lists.columns import Column
from todoke.lists.row_list import RowList
from todoke.reception.booking_notices import moment
from todoke.reception.models import ManualNotice


def _name(notice: ManualNotice) -> SafeString:
    return link(reverse("office:manual-notice", args=[notice.pk]), notice.name or "(消去済み)")


def _told(notice: ManualNotice) -> str:
    if notice.told_at is None or notice.told_by is None:
        return "まだ"
    return f"{notice.get_way_display()} {moment(notice.told_at)} {notice.told_by.name}"


def _told_cell(notice: ManualNotice) -> object:
    return tag("まだ", "warning") if notice.told_at is None else _told(notice)


class ManualNoticeList(RowList[ManualNotice]):
    """電話・手紙で知らせる人: the oldest first, until somebody says that it is done."""

    name, title, url = "manual-notices", "電話・手紙で知らせる人", "office:manual-notices"
    key, start = "pk", "written"
    views: ClassVar[dict[str, str]] = {"waiting": "まだの人", "told": "済んだ人", "all": "すべて"}
    search_fields, search_label = ("name", "title", "phone"), "氏名・団体名・用件・電話番号"
    columns = (
        Column("name", "知らせる人", lambda row: row.name, sort="name", cell=_name),
        Column("phone", "電話番号", lambda row: row.phone, css="nowrap"),
        Column("title", "用件", lambda row: row.title, css="words"),
        Column("written", "いつから", lambda row: moment(row.written_at), sort="written_at", css="nowrap"),
        Column("told", "お知らせ", _told, cell=_told_cell),
    )

    def rows(self, view: str) -> QuerySet[ManualNotice]:
        found = ManualNotice.objects.visible_to(self.user).select_related("told_by")
        if view in {"", "all"}:
            return found
        return found.waiting() if view == "waiting" else found.exclude(told_at=None)

    def counts(self) -> Mapping[str, int]:
        return {"waiting": self.rows("waiting").count()}
