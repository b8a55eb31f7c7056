"""通知書・一括印刷の一覧: which letters and print runs a page shows, by what they are found, and what is exported."""

from collections.abc import Callable, Sequence
from typing import Any

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from todoke.cases.models import Letter, LetterBatch
from todoke.cases.models.querysets import departments_worked_in
from todoke.cases.models.stop_flag import protected_names
from todoke.design.templatetags.design import page_date
from todoke.japanese.variants import name_key
from todoke.lists.cells import link, moment, tag
from todoke.lists.columns import Choice, Column, Filter
from todoke.lists.query import ListQuery
from todoke.lists.row_list import RowList
from todoke.lists.substring_search import contains_text
from todoke.offers.models import LetterText, Offer


def _number(letter: Letter) -> SafeString:
    return link(reverse("office:case", args=[letter.case.number]), letter.case.number)


def _returned(letter: Letter) -> object:
    if not letter.returned_at:
        return "なし"
    return format_html("{}<br>{}", page_date(letter.returned_at), letter.return_reason)


class LetterList(RowList[Letter]):
    """通知書の一覧: the letters of the person's sections, those to post first."""

    name, title, url, export_url = "letters", "通知書", "office:batches", "office:batches-export"
    key, start, dense, size = "token", "made", True, 100
    person = ("case__applicant_name", "case__applicant_kana")
    views = {"ready": "これから発送", "posted": "発送済み", "returned": "返戻"}
    unsorted = {"ready": ("posted", "returned"), "posted": ("number", "kind", "made", "returned")}
    search_label = "受付番号・氏名"
    columns = (
        Column("number", "受付番号", lambda x: x.case.number, sort="case__number", cell=_number, css="nowrap"),
        Column("title", "手続", lambda x: x.case.title, css="words"),
        Column("kind", "種類", lambda x: x.get_kind_display(), sort="kind"),
        Column("name", "宛名", lambda x: x.case.applicant_name, css="name", personal=True),
        Column("made", "作成", lambda x: x.made_at, sort="made_at", css="nowrap"),
        Column("posted", "発送", lambda x: x.posted_at, sort="posted_at", css="nowrap",
               cell=lambda x: page_date(x.posted_at) or "まだ"),
        Column("returned", "返戻", lambda x: x.returned_at, sort="returned_at", cell=_returned, shown=False,
               exported=True),
        Column("reason", "返戻の理由", lambda x: x.return_reason, css="words", shown=False, exported=True),
    )  # fmt: skip

    def filters(self) -> Sequence[Filter]:
        offers = Offer.objects.filter(department__in=departments_worked_in(self.user)).select_related("procedure")
        return (
            Choice("offer", "手続", [(each.code, str(each)) for each in offers], field="case__release__offer__code"),
            Choice("kind", "種類", LetterText.Kind.choices, field="kind"),
        )

    def withheld(self) -> Callable[[Letter], bool]:
        protected = protected_names()
        return lambda row: protected(row.case.applicant_name)

    def usual_sort(self, view: str) -> str:
        return {"posted": "-posted", "returned": "-returned"}.get(view, self.start)

    def columns_of(self, query: ListQuery, *, exported: bool = False) -> list[Column]:
        """As everywhere; letters that came back show when and why."""
        found = super().columns_of(query, exported=exported)
        if query.view != "returned" or query.columns or exported:
            return found
        return [*found, *(column for column in self.columns if column.key == "returned")]

    def rows(self, view: str) -> QuerySet[Letter]:
        letters = Letter.objects.listed_for(self.user)
        found = {
            "ready": letters.to_post(),
            "posted": letters.filter(posted_at__isnull=False, returned_at__isnull=True),
            "returned": letters.filter(returned_at__isnull=False),
        }.get(view, letters)
        return found.select_related("case__release__offer__procedure")

    def search(self, rows: "QuerySet[Any, Letter]", words: str) -> "QuerySet[Any, Letter]":
        return rows.filter(Q(case__number__startswith=words) | contains_text("case__search_name", name_key(words)))


def _batch(batch: LetterBatch) -> SafeString:
    return link(reverse("office:batch", args=[batch.token]), moment(batch.requested_at))


def _state(batch: LetterBatch) -> tuple[str, str]:
    if batch.posted_at:
        return "発送済み", "success"
    if batch.made_at:
        return "発送待ち", "warning"
    return ("作れません", "error") if batch.problem else ("印刷中", "")


class LetterBatchList(RowList[LetterBatch]):
    """一括印刷の一覧: letters printed together by the person's sections, newest first."""

    name, title, url = "letter-batches", "一括印刷", "office:batch-list"
    key, start = "token", "-requested"
    views = {"open": "これから発送", "posted": "発送済み", "all": "すべて"}
    search_fields, search_label = ("requested_by__name", "department__name"), "求めた人・担当部署"
    columns = (
        Column("requested", "求めた日時", lambda b: b.requested_at, sort="requested_at", cell=_batch, css="nowrap"),
        Column("by", "求めた人", lambda b: b.requested_by.name, sort="requested_by__name"),
        Column("department", "担当部署", lambda b: b.department.name, sort="department__code"),
        Column("total", "通知書", lambda b: b.total, sort="total", cell=lambda b: f"{b.total:,}通", css="number"),
        Column("state", "状態", lambda b: _state(b)[0], cell=lambda b: tag(*_state(b))),
        Column("posted", "発送", lambda b: b.posted_at, sort="posted_at", css="nowrap",
               cell=lambda b: page_date(b.posted_at) or "まだ"),
    )  # fmt: skip

    def rows(self, view: str) -> QuerySet[LetterBatch]:
        found = LetterBatch.objects.in_office_of(self.user).select_related("requested_by", "department")
        return found if view in {"", "all"} else found.filter(posted_at__isnull=view == "open")
