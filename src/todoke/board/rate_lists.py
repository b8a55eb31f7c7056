"""Lists of procedures behind a figure 割合の内訳: the rows of the rates, of the cashless rate, of incomplete pages."""

from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import Any, ClassVar, Self

from django.db.models import Q, QuerySet
from django.http import Http404
from django.urls import reverse
from django.utils.safestring import SafeString

from todoke.accounts.models import User
from todoke.guidance.completeness import ITEMS, OfferAnswers, missing_items, offer_answers, scored_pages
from todoke.insights import cashless, rates
from todoke.lists.cells import link
from todoke.lists.columns import Choice, Column, Filter
from todoke.lists.row_list import RowList
from todoke.organization.models import Department
from todoke.procedures import search
from todoke.procedures.models import Procedure

NONE = "none"


def _title(row: Procedure) -> SafeString:
    return link(reverse("office:procedure", args=[row.number]), row.title)


def _section(row: Procedure) -> str:
    return row.department.name if row.department else "未定"


def _of_department(chosen: str) -> Q:
    return Q(department=None) if chosen == NONE else Q(department__code=chosen)


def _is_counted(chosen: str) -> Q:
    return Q(part__gt=0) if chosen == "1" else Q(part=0)


PROCEDURE = (
    Column("title", "手続名", lambda row: row.title, sort="title", cell=_title),
    Column("number", "手続番号", lambda row: row.number, sort="serial", css="nowrap"),
    Column("department", "所管部署", _section, sort="department__code"),
)
COUNTS = (
    Column("part", "分子", lambda row: row.part, sort=("part", "-serial"), css="number"),
    Column("whole", "分母", lambda row: row.whole, sort=("whole", "-serial"), css="number"),
)


class CountedProcedures(RowList[Procedure]):
    """手続の内訳: procedures with what they add to a figure; searched by the words of the inventory."""

    key, tie, dense, counted = "number", "serial", True, True
    search_label = "手続名・法令・番号"
    filled = frozenset({"part", "whole", "score"})

    def department_filter(self) -> Choice:
        """Return the choice of a department that has procedures."""
        sections = Department.objects.filter(procedures__isnull=False).distinct()
        choices = [*((each.code, each.name) for each in sections), (NONE, "未定")]
        return Choice("department", "所管部署", choices, condition=_of_department)

    def search(self, rows: "QuerySet[Any, Procedure]", words: str) -> "QuerySet[Any, Procedure]":
        return rows.filter(search.matching_by_scan(words))


class RateList(CountedProcedures):
    """割合の内訳: the procedures of one rate, whose sums are its numerator and denominator."""

    name, title, url = "rate", "割合の内訳", "board:rate"
    columns: ClassVar[tuple[Column, ...]] = (*PROCEDURE, *COUNTS)

    def __init__(self, user: User, definition: rates.RateDefinition) -> None:
        super().__init__(user)
        self.definition, self.title = definition, definition.title

    @classmethod
    def at(cls, user: User, place: Mapping[str, Any]) -> Self:
        if place["key"] not in rates.DEFINITIONS:
            raise Http404
        return cls(user, rates.DEFINITIONS[place["key"]])

    def path(self) -> str:
        return reverse("board:rate", args=[self.definition.key])

    def export_path(self) -> str:
        return reverse("board:rate-export", args=[self.definition.key])

    def usual_sort(self, view: str) -> str:
        return "-whole" if self.definition is rates.VOLUME else "-part"

    def filters(self) -> Sequence[Filter]:
        parts = [("1", "分子に入る手続"), ("0", "分子に入らない手続")]
        return (self.department_filter(), Choice("part", "分子", parts, condition=_is_counted))

    def rows(self, view: str) -> QuerySet[Procedure]:
        return rates.rate_procedures(self.definition.key).select_related("department")


class CashlessList(CountedProcedures):
    """キャッシュレスの内訳: online procedures with a fee, how it is paid or what is in the way."""

    name, title, url = "cashless", "キャッシュレス", "board:cashless-procedures"
    export_url, start = "board:cashless-export", "-part"
    columns = (*PROCEDURE, Column("why", "納め方・妨げ", lambda row: row.why), *COUNTS)

    def filters(self) -> Sequence[Filter]:
        ways = [(why, why) for why in cashless.WAYS]
        return (Choice("why", "納め方・妨げ", ways, field="why"), self.department_filter())

    def rows(self, view: str) -> QuerySet[Procedure]:
        return cashless.payable_procedures().select_related("department")


def _lacks(chosen: str) -> Q:
    return Q(**{f"has_{chosen}": 0})


class CompletenessList(CountedProcedures):
    """案内の揃い具合の一覧: pages of procedures with the questions that they do not answer, the emptiest first."""

    name, title, url, export_url = "completeness", "案内の揃い具合", "board:completeness", "board:completeness-export"
    start = "score"
    columns = (
        *PROCEDURE,
        Column("score", "点", lambda row: row.score, sort="score", css="number"),
        Column("lacks", "足りないもの", lambda row: "、".join(missing_items(row)), css="words",
               cell=lambda row: "、".join(missing_items(row)) or "ありません"),
    )  # fmt: skip

    def filters(self) -> Sequence[Filter]:
        return (self.department_filter(), Choice("lacks", "足りないもの", ITEMS.items(), condition=_lacks))

    @cached_property
    def answers(self) -> OfferAnswers:
        """What the open offers answer, asked for once."""
        return offer_answers()

    def rows(self, view: str) -> QuerySet[Procedure]:
        return scored_pages(self.answers).select_related("department")

    def fetch(self, rows: "QuerySet[Any, Procedure]") -> list[Procedure]:
        return self.deferred_join(rows, lambda ids: scored_pages(self.answers, ids).select_related("department"))
