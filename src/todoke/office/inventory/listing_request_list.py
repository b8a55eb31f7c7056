"""登録の依頼の一覧: procedures that departments ask the DX office to list, those without an answer first."""

from collections.abc import Mapping

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.safestring import SafeString

from todoke.lists.cells import joined, link, moment, tag
from todoke.lists.columns import Column
from todoke.lists.row_list import RowList
from todoke.procedures.models import ListingRequest

Status = ListingRequest.Status
KINDS = {Status.LISTED: "success", Status.WAITING: "warning"}


def _title(row: ListingRequest) -> SafeString:
    return link(reverse("office:listing-request", args=[row.token]), row.title)


def _status(row: ListingRequest) -> SafeString:
    return tag(row.get_status_display(), KINDS.get(Status(row.status), ""))


class ListingRequestList(RowList[ListingRequest]):
    """登録の依頼の一覧: all for the DX office, their own for departments."""

    name, title, url = "listing-requests", "登録の依頼", "office:listing-requests"
    key, start, counted = "token", "-requested", True
    views = {"waiting": "回答待ち", "all": "すべて"}
    search_fields, search_label = ("title", "plain_name", "department__name"), "手続名・部署"
    columns = (
        Column("title", "手続名", lambda row: row.title, sort="title", cell=_title),
        Column("department", "所管部署", lambda row: row.department.name, sort="department__name"),
        Column("law", "根拠", lambda row: f"{row.law}{row.article}"),
        Column("source", "経路", lambda row: row.get_source_display(), css="nowrap"),
        Column("status", "状態", lambda row: row.get_status_display(), cell=_status, css="nowrap"),
        Column("requested", "依頼", lambda row: row.requested_at, sort="requested_at",
               cell=lambda row: joined([moment(row.requested_at), row.requested_by])),
        Column("by", "依頼した人", lambda row: row.requested_by, shown=False, exported=True),
        Column("answer", "加えない理由", lambda row: row.answer, shown=False, exported=True),
    )  # fmt: skip

    def rows(self, view: str) -> QuerySet[ListingRequest]:
        mine = ListingRequest.objects.visible_to(self.user).select_related("department", "requested_by")
        return mine.waiting() if view == "waiting" else mine

    def counts(self) -> Mapping[str, int]:
        return {"waiting": ListingRequest.objects.visible_to(self.user).waiting().count()}
