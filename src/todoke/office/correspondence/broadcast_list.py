"""一斉のお知らせの一覧: which broadcasts a page shows, by what they are found and sorted, and what is exported."""

from collections.abc import Sequence

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.safestring import SafeString

from todoke.guidance.models import Broadcast
from todoke.lists.cells import link, moment, tag
from todoke.lists.columns import Choice, Column, Filter
from todoke.lists.row_list import RowList
from todoke.organization.permissions import departments_of


def _subject(row: Broadcast) -> SafeString:
    return link(reverse("office:broadcast", args=[row.token]), row.subject)


def _status(row: Broadcast) -> SafeString:
    return tag(row.get_status_display(), "success" if row.status == Broadcast.Status.SENT else "")


class BroadcastList(RowList[Broadcast]):
    """一斉のお知らせの一覧: those of the person's sections, the latest first."""

    name, title, url = "broadcasts", "一斉のお知らせ", "office:broadcasts"
    key, start = "token", "-send"
    search_fields, search_label = ("subject", "body"), "件名・本文"
    columns = (
        Column("subject", "件名", lambda b: b.subject, sort="subject", cell=_subject, css="words"),
        Column("send", "送信する日時", lambda b: b.send_at, sort="send_at", cell=lambda b: moment(b.send_at),
               css="nowrap"),
        Column("department", "担当部署", lambda b: b.department.name, shown=False, exported=True),
        Column("status", "状態", lambda b: b.get_status_display(), sort="status", cell=_status),
        Column("readers", "送った人数", lambda b: b.readers, sort="readers", css="number"),
    )  # fmt: skip

    def filters(self) -> Sequence[Filter]:
        return (Choice("status", "状態", Broadcast.Status.choices, field="status"),)

    def rows(self, view: str) -> QuerySet[Broadcast]:
        return Broadcast.objects.filter(department__in=departments_of(self.user)).select_related("department")
