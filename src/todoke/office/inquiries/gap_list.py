"""案内の抜けの一覧: what people asked and no answer fits, most often asked first."""

from django.db.models import QuerySet
from django.urls import reverse

from todoke.guidance.models import ContentGap
from todoke.lists.cells import link, moment, tag
from todoke.lists.columns import Column
from todoke.lists.row_list import RowList


class ContentGapList(RowList[ContentGap]):
    """案内の抜けの一覧: those of the person's sections; for designers and headquarters all."""

    name, title, url = "gaps", "案内の抜け", "office:gaps"
    key, start = "pk", "-count"
    views = {"open": "これから", "over": "終わったもの"}
    search_fields, search_label = ("title",), "聞かれたこと"
    columns = (
        Column("title", "聞かれたこと", lambda row: row.title, sort="title", css="words",
               cell=lambda row: link(reverse("office:gap", args=[row.pk]), row.title)),
        Column("count", "回数", lambda row: row.count, sort="count", css="number"),
        Column("last", "最後に聞かれた日時", lambda row: row.last_at, sort="last_at", css="nowrap",
               cell=lambda row: moment(row.last_at)),
        Column("department", "担当部署", lambda row: row.department.name if row.department else "未定"),
        Column("status", "状態", lambda row: row.get_status_display(), sort="status",
               cell=lambda row: tag(row.get_status_display())),
    )  # fmt: skip

    def rows(self, view: str) -> QuerySet[ContentGap]:
        mine = ContentGap.objects.visible_to(self.user).select_related("department")
        return mine.exclude(status__in=("open", "writing")) if view == "over" else mine.open()
