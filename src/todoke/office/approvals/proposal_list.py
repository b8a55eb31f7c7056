"""決裁の一覧: which proposals a page shows; what waits for the person keeps the urgent ones on top."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.db.models import Case, IntegerField, Q, QuerySet, Value, When
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from todoke.approvals.models import Proposal
from todoke.design.templatetags.design import yen
from todoke.lists.cells import link, tag
from todoke.lists.columns import Choice, Column, Filter
from todoke.lists.query import ListQuery
from todoke.lists.row_list import RowList
from todoke.lists.substring_search import contains_words


def _number(proposal: Proposal) -> SafeString:
    return link(reverse("office:proposal", args=[proposal.number]), proposal.number)


def _title(proposal: Proposal) -> object:
    return format_html("{} {}", tag("至急", "warning"), proposal.title) if proposal.urgent_reason else proposal.title


class ProposalList(RowList[Proposal]):
    """決裁の一覧: what waits for the person, what they have yet to read, and what they may see."""

    name, title, url, export_url = "proposals", "起案", "office:proposals", "office:proposals-export"
    key, row_name = "number", "proposal"
    views = {"waiting": "自分の番", "back": "手元に戻った起案", "unread": "後閲", "mine": "自分の起案", "all": "すべて"}
    unsorted = {"all": ("number", "title", "amount", "settled")}  # of all proposals only the opening has an index
    search_label = "番号・件名"
    columns = (
        Column("number", "起案番号", lambda p: p.number, sort="number", cell=_number, css="nowrap"),
        Column("title", "件名", lambda p: p.title, sort="title", cell=_title),
        Column("amount", "金額", lambda p: p.amount, sort="yen", cell=lambda p: yen(p.amount), css="number"),
        Column("department", "起案部署", lambda p: p.department.name),
        Column("drafter", "起案者", lambda p: p.drafter.name),
        Column("status", "状態", lambda p: p.get_status_display(), template="office/proposals/status.html"),
        Column("urgent", "至急の理由", lambda p: p.urgent_reason, shown=False, exported=True),
        Column("opened", "起案日時", lambda p: p.opened_at, sort="opened_at", css="nowrap"),
        Column("settled", "確定日時", lambda p: p.settled_at, sort="settled_at", css="nowrap", shown=False,
               exported=True),
    )  # fmt: skip

    def filters(self) -> Sequence[Filter]:
        return (Choice("status", "状態", Proposal.Status.choices, field="status"),)

    def usual_sort(self, view: str) -> str:
        return "" if view == "waiting" else "opened" if view in {"unread", "back"} else "-opened"

    def order(self, query: ListQuery) -> tuple[str, ...]:
        """As everywhere; without a sort the urgent ones stand on top, then what was opened first."""
        sorts = query.sort or self.usual_sort(query.view)
        return super().order(query) if sorts else ("calm", "opened_at", "pk")

    def rows(self, view: str) -> QuerySet[Proposal]:
        some = Proposal.objects
        waits = {"waiting": some.waiting_for, "unread": some.unread_by, "back": some.back_with}
        found = waits.get(view, some.listed_for)(self.user)
        found = found.filter(drafter=self.user) if view == "mine" else found
        calm = Case(When(urgent_reason="", then=Value(1)), default=Value(0), output_field=IntegerField())
        return found.annotate(yen=Coalesce("amount", 0), calm=calm).select_related("drafter", "department")

    def search(self, rows: "QuerySet[Any, Proposal]", words: str) -> "QuerySet[Any, Proposal]":
        """By a part of the title, or of the number, in which only ASCII can occur."""
        number = contains_words("number", words) if words.isascii() else Q()
        return rows.filter(contains_words("title", words) | number)

    def fetch(self, rows: "QuerySet[Any, Proposal]") -> list[Proposal]:
        whole = Proposal.objects.select_related("drafter", "department").order_by()
        return self.deferred_join(rows, lambda ids: whole.filter(pk__in=ids))

    def counts(self) -> Mapping[str, int]:
        return {view: self.rows(view).count() for view in ("waiting", "back", "unread")}
