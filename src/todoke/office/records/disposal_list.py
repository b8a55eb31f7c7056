"""廃棄・移管の一覧: which disposal lists a page shows, by what they are found and sorted, and what is exported."""

from collections.abc import Sequence
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.urls import reverse
from django.utils.safestring import SafeString

from todoke.lists.cells import link, tag
from todoke.lists.columns import Choice, Column, Filter
from todoke.lists.row_list import RowList
from todoke.records.models import Disposal, RecordFile
from todoke.records.models.disposal import DisposalItem


def _decision(row: Disposal) -> SafeString | str:
    return link(reverse("office:proposal", args=[row.decision]), row.decision) if row.decision else ""


class DisposalList(RowList[Disposal]):
    """廃棄・移管の一覧: lists with a file that the person may see, newest first."""

    name, title, url, row_name = "disposals", "廃棄・移管", "office:records-disposals", "disposal"
    key, start = "code", "-created"
    search_label = "整理番号・決裁・公文書の番号"
    columns = (
        Column("code", "整理番号", lambda d: d.code, sort="code", css="nowrap"),
        Column("kind", "区分", lambda d: d.get_kind_display()),
        Column("files", "ファイル", lambda d: d.files, sort="files", css="number"),
        Column("status", "状態", lambda d: d.get_status_display(), cell=lambda d: tag(d.get_status_display())),
        Column("decision", "決裁", lambda d: d.decision, sort="decision", cell=_decision, css="nowrap"),
        Column("created", "作成", lambda d: d.drawn_up_at, sort="pk", css="nowrap"),
        Column("done", "実施", lambda d: d.done_at, sort="done_at", css="nowrap", shown=False, exported=True),
        Column("acts", "次にすること", lambda d: "", template="office/records/disposal_acts.html", exported=False),
    )

    def filters(self) -> Sequence[Filter]:
        return (
            Choice("kind", "区分", Disposal.Kind.choices, field="kind"),
            Choice("status", "状態", Disposal.Status.choices, field="status"),
        )

    def rows(self, view: str) -> QuerySet[Disposal]:
        file = RecordFile.objects.visible_to(self.user).filter(pk=OuterRef("file"))
        seen = DisposalItem.objects.filter(Exists(file)).values("disposal")
        return Disposal.objects.filter(pk__in=seen).annotate(files=Count("items", distinct=True))

    def search(self, rows: "QuerySet[Any, Disposal]", words: str) -> "QuerySet[Any, Disposal]":
        holding = DisposalItem.objects.filter(file__number__icontains=words).values("disposal")
        return rows.filter(Q(code__icontains=words) | Q(decision__icontains=words) | Q(pk__in=holding))
