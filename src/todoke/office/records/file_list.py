"""公文書の一覧: which files a page shows, by what they are found and sorted, and what is exported."""

from collections.abc import Mapping
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.urls import reverse
from django.utils.safestring import SafeString

from todoke.design.templatetags.design import page_date
from todoke.lists.bounded_count import MOST
from todoke.lists.cells import link, tag
from todoke.lists.columns import Column
from todoke.lists.row_list import RowList
from todoke.records.models import RecordFile, RetentionHold

MOST_HELD = 1000
"""Up to so many held files are sorted by themselves; a database would rather walk the order of all files."""


def _number(file: RecordFile) -> SafeString:
    return link(reverse("office:record", args=[file.number]), file.number)


class RecordFileList(RowList[RecordFile]):
    """公文書の一覧: the files that the person may see, newest first.

    Every order and the search go along an index, of the section or of all where the person sees several, see
    ``records.models.file_indexes``: those that are over by the end of their period alone, those disposed of or
    transferred by the day alone.
    """

    name, title, url, export_url = "records", "公文書", "office:records", "office:records-export"
    key, tie, start = "number", "number", "-closed"
    views = {"kept": "保存中", "expired": "満了", "held": "廃棄停止中", "gone": "廃棄・移管済み"}
    unsorted = {
        "kept": ("disposed",), "held": ("disposed",), "expired": ("number", "kind", "closed", "disposed"),
        "gone": ("number", "kind", "closed", "expires"),
    }  # fmt: skip
    filled = frozenset({"disposed_at"})  # wherever files are sorted by it
    search_fields, search_label = ("number", "kind"), "番号・種類"
    columns = (
        Column("number", "番号", lambda f: f.number, sort="number", cell=_number, css="nowrap"),
        Column("title", "件名", lambda f: f.title, css="words", shown=False, exported=True),
        Column("kind", "種類", lambda f: f.kind, sort="kind"),
        Column("outcome", "結果", lambda f: f.outcome),
        Column("classification", "分類", lambda f: f.classification.name),
        Column("department", "主管課", lambda f: f.department.name, shown=False, exported=True),
        Column("closed", "完結日", lambda f: f.closed_on, sort="closed_on", css="nowrap"),
        Column("years", "保存期間", lambda f: f.get_years_display()),
        Column("starts", "起算日", lambda f: f.starts_on, css="nowrap", shown=False, exported=True),
        Column("expires", "満了日", lambda f: f.expires_on, sort="expires_on", css="nowrap",
               cell=lambda f: page_date(f.expires_on) or "なし(永年)"),
        Column("disposed", "廃棄・移管日", lambda f: f.disposed_at, sort="disposed_at", css="nowrap", shown=False,
               cell=lambda f: page_date(f.disposed_at) or "なし"),
        Column("status", "状態", lambda f: f.status_in_words, cell=lambda f: tag(f.status_in_words)),
    )  # fmt: skip

    def usual_sort(self, view: str) -> str:
        return {"expired": "expires", "gone": "-disposed"}.get(view, self.start)

    def rows(self, view: str) -> QuerySet[RecordFile]:
        files = RecordFile.objects.listed_for(self.user).select_related("classification", "department")
        if view == "":
            return files
        if view == "gone":
            return files.disposed_or_transferred()
        if view == "expired":
            return files.disposable()
        if view == "held":
            held = self._holds().values_list("file", flat=True)
            ids = list(held[: MOST_HELD + 1])
            return files.kept().filter(Q(pk__in=ids if len(ids) <= MOST_HELD else held))
        return files.kept()

    def _holds(self) -> QuerySet[RetentionHold]:
        """Return the holds of files that are kept and that the person may see."""
        kept = RecordFile.objects.visible_to(self.user).kept().filter(pk=OuterRef("file"))
        return RetentionHold.objects.filter(Exists(kept), lifted_at__isnull=True).order_by()

    def fetch(self, rows: "QuerySet[Any, RecordFile]") -> list[RecordFile]:
        files = RecordFile.objects.select_related("classification", "department").order_by()
        return self.deferred_join(rows, lambda ids: files.filter(pk__in=ids))

    def counts(self) -> Mapping[str, int]:
        """Count what is over, up to ``MOST``, and what is held, from the few holds on."""
        expired = RecordFile.objects.visible_to(self.user).disposable().order_by()[:MOST].count()
        return {"expired": expired, "held": self._holds().values("file").distinct().count()}
