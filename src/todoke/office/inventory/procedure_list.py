"""手続の台帳の一覧: what a page of the inventory shows, with counts beside the choices, and what is exported."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import Any

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from todoke.accounts.models import User
from todoke.design.templatetags.design import page_date
from todoke.lists.cells import hint, link, tag
from todoke.lists.columns import Choice, Column, Filter
from todoke.lists.query import ListQuery
from todoke.lists.row_list import RowList
from todoke.offers.online_status import available_online_ids, online_flag
from todoke.offers.procedure_facets import ANSWERS, NONE, Facets, count_facets
from todoke.organization.models import Department
from todoke.procedures import export, search
from todoke.procedures.models import Code, Procedure
from todoke.procedures.models.procedure import known_count

CODED = {"life_event": "ライフイベント", "document": "添付書類", "office": "提出先"}
LABELS = {
    "online_status": "国の調査の状況", "kind": "手続類型", "actor": "手続主体", "recipient": "手続の受け手",
    "fee": "手数料",
}  # fmt: skip
SHOWN = (
    "number", "serial", "title", "law", "online_status", "fee", "total_count", "updated_at", "department__name",
)  # fmt: skip


def _title(row: Procedure) -> SafeString:
    address = reverse("office:procedure", args=[row.number])
    return format_html("{}<br>{}", link(address, row.title), hint(row.law)) if row.law else link(address, row.title)


def _status(row: Procedure) -> SafeString:
    return tag(row.get_online_status_display() or "未回答", "success" if row.online_status == "1" else "")


def _taken(row: Any) -> object:
    return tag("オンライン", "success") if row.taken else "紙のみ"


def national_count(row: Procedure) -> str:
    """Return the count of the national survey as a list writes it."""
    return "不明" if row.total_count is None else f"{row.total_count:,}"


class ProcedureList(RowList[Procedure]):
    """手続の台帳の一覧: every procedure that still exists, the busiest first."""

    name, title, url, export_url = "procedures", "手続", "office:procedures", "office:procedures-export"
    key, tie, start, dense, counted = "number", "serial", "-volume", True, True
    filled = frozenset({"volume"})
    search_label = "手続名・法令・番号"
    columns = (
        Column("title", "手続名", lambda row: row.title, sort="title", cell=_title),
        Column("number", "手続番号", lambda row: row.number, sort="serial", css="nowrap"),
        Column("law", "法令名", lambda row: row.law, shown=False, exported=True),
        Column("department", "所管部署", lambda row: row.department.name if row.department else "",
               cell=lambda row: row.department.name if row.department else "未定"),
        Column("status", "国の調査の状況", lambda row: row.get_online_status_display() or "未回答", cell=_status,
               css="nowrap"),
        Column("taken", "区のオンライン受付", lambda row: "受付中" if row.taken else "", cell=_taken, css="nowrap"),
        Column("fee", "手数料", lambda row: row.get_fee_display(), cell=lambda row: row.get_fee_display() or "未回答",
               css="nowrap"),
        Column("volume", "全国の件数", lambda row: row.total_count, sort=("volume", "-serial"), cell=national_count,
               css="number"),
        Column("updated", "更新", lambda row: row.updated_at, sort="updated_at",
               cell=lambda row: page_date(row.updated_at), css="nowrap"),
    )  # fmt: skip

    def __init__(self, user: User) -> None:
        super().__init__(user)
        self._facets: dict[tuple[str, ...], Facets] = {}

    @cached_property
    def taken(self) -> set[int]:
        """The ids of what the office takes online now."""
        return available_online_ids()

    @cached_property
    def departments(self) -> list[Department]:
        return list(Department.objects.all())

    def filters(self) -> Sequence[Filter]:
        sections = [*((each.code, each.name) for each in self.departments), (NONE, "未定")]
        here = [("1", "受け付けている"), ("0", "受け付けていない")]
        codes: dict[str, list[tuple[str, str]]] = {name: [] for name in CODED}
        for code in Code.objects.filter(table__in=CODED).order_by("table", "position", "pk"):
            codes[code.table].append((code.key, code.label))
        first, *others = (_answer(name) for name in ANSWERS)
        return (
            Choice("department", "所管部署", sections, condition=_of_department),
            first,
            Choice("taken", "区のオンライン受付", here, condition=self._is_taken),
            *others,
            *(Choice(name, label, codes[name], condition=_coded(name)) for name, label in CODED.items()),
        )

    def _is_taken(self, chosen: str) -> Q:
        return Q(pk__in=self.taken) if chosen == "1" else ~Q(pk__in=self.taken)

    def rows(self, view: str) -> QuerySet[Procedure]:
        return Procedure.objects.current().annotate(volume=known_count())

    def search(self, rows: "QuerySet[Any, Procedure]", words: str) -> "QuerySet[Any, Procedure]":
        return rows.filter(search.matching_by_scan(words))

    def facet_counts(self, query: ListQuery) -> Facets:
        """Return the counts of every facet under the words and the codes of a query, asked for once."""
        coded = {name: value for name, value in query.filters.items() if name in CODED}
        asked = (query.words, *(f"{name}={value}" for name, value in coded.items()))
        if asked not in self._facets:
            rows = self.narrowed(Procedure.objects.current(), query.but(filters=coded))
            codes = {each.pk: each.code for each in self.departments}
            self._facets[asked] = count_facets(rows, self.taken, codes, in_one_pass=bool(query.words or coded))
        return self._facets[asked]

    def count(self, rows: "QuerySet[Any, Procedure]", query: ListQuery) -> int:
        return self.facet_counts(query).total(_facets_of(query))

    def facets(self, query: ListQuery) -> Mapping[str, Mapping[str, int]]:
        return self.facet_counts(query).counts(_facets_of(query))

    def fetch(self, rows: "QuerySet[Any, Procedure]") -> list[Procedure]:
        """With whether the office takes each online."""
        found: list[Any] = super().fetch(rows.select_related("department").only(*SHOWN))
        for each in found:
            each.taken = each.pk in self.taken
        return found

    def sorted(self, query: ListQuery) -> "QuerySet[Any, Procedure]":
        rows: QuerySet[Procedure] = super().sorted(query).select_related("department").only(*SHOWN)
        return rows.annotate(taken=online_flag())


class WholeProcedureList(ProcedureList):
    """手続の台帳の全項目: the same rows under the headers of the survey, so that what goes out can come in again."""

    title = "手続(全項目)"

    def table(self, query: ListQuery, most: int) -> tuple[list[str], Iterator[list[object]]]:
        rows = RowList.sorted(self, query)
        return export.HEADS, export.rows(rows[:most])


def _answer(name: str) -> Choice:
    choices = [*getattr(Procedure._meta.get_field(name), "flatchoices", ()), (NONE, "未回答")]
    return Choice(name, LABELS[name], choices, condition=lambda chosen: Q(**{name: "" if chosen == NONE else chosen}))


def _of_department(chosen: str) -> Q:
    return Q(department=None) if chosen == NONE else Q(department__code=chosen)


def _coded(table: str) -> Callable[[str], Q]:
    return lambda chosen: Q(coded_values__code__table=table, coded_values__code__key=chosen)


def _facets_of(query: ListQuery) -> dict[str, str]:
    return {name: value for name, value in query.filters.items() if name not in CODED}
