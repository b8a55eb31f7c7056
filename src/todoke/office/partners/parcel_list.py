"""引渡しの便の一覧: what was given and taken over all lines, the newest first."""

from collections.abc import Sequence

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.safestring import SafeString

from todoke.integrations.models import Parcel
from todoke.lists.cells import link, moment, tag
from todoke.lists.columns import Choice, Column, Filter
from todoke.lists.row_list import RowList

KINDS = {
    Parcel.Status.MADE: "warning", Parcel.Status.CARRIED: "warning", Parcel.Status.RECEIVED: "success",
    Parcel.Status.TAKEN: "success", Parcel.Status.MISMATCHED: "error",
}  # fmt: skip


def _status(row: Parcel) -> SafeString:
    return tag(row.get_status_display(), KINDS.get(Parcel.Status(row.status), ""))


class ParcelList(RowList[Parcel]):
    """引渡しの便の一覧: direction, number, state, and how many records were refused."""

    name, title, url = "parcels", "引渡しの便", "office:parcels"
    key, start, counted = "token", "-begun", True
    search_fields, search_label = ("line__name", "line__partner__name"), "経路・連携先"
    columns = (
        Column("parcel", "便", lambda row: f"{row}",
               cell=lambda row: link(reverse("office:parcel", args=[row.token]), f"{row}")),
        Column("direction", "向き", lambda row: row.get_direction_display(), css="nowrap"),
        Column("status", "状態", lambda row: row.get_status_display(), cell=_status, css="nowrap"),
        Column("total", "件数", lambda row: row.total, sort="total", css="number"),
        Column("refused", "受け取れない", lambda row: row.refused, css="number"),
        Column("begun", "始めた日時", lambda row: row.begun_at, sort="begun_at", css="nowrap",
               cell=lambda row: moment(row.begun_at)),
        Column("by", "始めた人", lambda row: row.begun_by.name, shown=False, exported=True),
    )  # fmt: skip

    def filters(self) -> Sequence[Filter]:
        return (
            Choice("direction", "向き", Parcel.Direction.choices, field="direction"),
            Choice("status", "状態", Parcel.Status.choices, field="status"),
            Choice("receipt", "受領書", (("late", "1日たっても届かない"),), condition=lambda _: Parcel.late()),
        )

    def rows(self, view: str) -> QuerySet[Parcel]:
        return Parcel.objects.visible_to(self.user).select_related("line__partner", "begun_by")
