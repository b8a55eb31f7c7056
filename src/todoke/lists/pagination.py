"""Keyset pagination 続きの頁: a page begins after the last row of the one before, so that nothing shifts meanwhile.

An order is a list of field names, "-" for descending, whose last one is unique. Rows without a value come last.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import reduce
from operator import or_
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from django.core.exceptions import FieldDoesNotExist
from django.db.models import Count, F, Model, Q, QuerySet
from django.db.models.expressions import OrderBy
from django.db.models.functions import Coalesce

from todoke.lists.bounded_count import in_words
from todoke.lists.query import ListQuery

if TYPE_CHECKING:
    from todoke.lists.row_list import RowList

Row = TypeVar("Row", bound=Any)


@dataclass(frozen=True)
class Term:
    """One field of an order: ``nullable`` where rows may have no value, which then come last."""

    field: str
    descending: bool = False
    nullable: bool = False

    def order(self, *, backwards: bool = False) -> OrderBy:
        """Return the term as the database sorts by it; ``backwards`` is the exact reverse."""
        name, descending = F(self.field), self.descending != backwards
        nulls = ({"nulls_first": True} if backwards else {"nulls_last": True}) if self.nullable else {}
        return name.desc(**nulls) if descending else name.asc(**nulls)

    def beyond(self, value: Any, *, backwards: bool = False) -> Q | None:
        """Return the condition of the values after one (before it, with ``backwards``); None where there is none."""
        if value is None:
            return Q(**{f"{self.field}__isnull": False}) if backwards else None
        further = Q(**{f"{self.field}__{'lt' if self.descending != backwards else 'gt'}": value})
        return further | Q(**{f"{self.field}__isnull": True}) if self.nullable and not backwards else further

    def same(self, value: Any) -> Q:
        """Return the condition of an equal value."""
        return Q(**{f"{self.field}__isnull": True}) if value is None else Q(**{self.field: value})


def terms_of(rows: "QuerySet[Any]", order: Sequence[str], filled: Collection[str] = ()) -> list[Term]:
    """Return the terms of an order; whether a field can be empty is told by the model, unless it is ``filled``."""
    fields = [(name.removeprefix("-"), name.startswith("-")) for name in order]
    return [Term(name, descending, name not in filled and _is_nullable(rows, name)) for name, descending in fields]


def _is_nullable(rows: "QuerySet[Any]", path: str) -> bool:
    if path == "pk":
        return False
    if path in rows.query.annotations:
        return not isinstance(rows.query.annotations[path], Coalesce | Count)
    model: type[Model] | None = rows.model
    for name in path.split("__"):
        if model is None:
            return True
        try:
            field: Any = model._meta.get_field(name)
        except FieldDoesNotExist:
            return True
        if getattr(field, "null", True):
            return True
        model = field.related_model
    return False


def sorted_by(rows: "QuerySet[Any]", terms: Sequence[Term], *, backwards: bool = False) -> "QuerySet[Any]":
    """Return the rows in an order, or in its exact reverse."""
    return rows.order_by(*(term.order(backwards=backwards) for term in terms))


def beyond(terms: Sequence[Term], values: Sequence[Any], *, backwards: bool = False) -> Q:
    """Return the condition of the rows after those values (before them, with ``backwards``).

    The first field is bounded by itself as well, so that the database can begin at its place in an index.
    """
    ways, equal = list[Q](), Q()
    for term, value in zip(terms, values, strict=True):
        further = term.beyond(value, backwards=backwards)
        if further is not None:
            ways.append(equal & further)
        equal &= term.same(value)
    found = reduce(or_, ways) if ways else Q(pk__in=[])
    first, value = terms[0], values[0]
    if value is None or first.nullable:
        return found
    side = "lte" if first.descending != backwards else "gte"
    return Q(**{f"{first.field}__{side}": value}) & found


@dataclass(frozen=True)
class ListPage(Generic[Row]):
    """一覧の頁: the rows of one page, and the addresses around it."""

    definition: "RowList[Row]"
    query: ListQuery
    rows: list[Row]
    count: int | None
    has_previous: bool
    has_following: bool

    def address(self, query: ListQuery) -> str:
        """Return the address of the list for a query."""
        return f"{self.definition.path()}?{query.encoded()}"

    @property
    def following(self) -> str:
        """The address of the next page; empty at the end."""
        if not (self.has_following and self.rows):
            return ""
        return self.address(self.query.but(after=self.definition.key_of(self.rows[-1])))

    @property
    def previous(self) -> str:
        """The address of the page before; empty at the beginning."""
        if not self.has_previous:
            return ""
        return self.address(self.query.but(before=self.definition.key_of(self.rows[0]) if self.rows else ""))

    @property
    def counted(self) -> str:
        """The number of rows on all pages in words; empty where it is not counted."""
        if self.count is None:
            return ""
        return in_words(self.count, "件") if self.definition.bounded else f"{self.count:,}件"

    @property
    def export(self) -> str:
        """The address of the export, to which the format is added."""
        return f"{self.definition.export_path()}?{self.query.but().encoded()}"

    def context(self) -> dict[str, Any]:
        """Return what a page's template needs."""
        return {
            "page": self, "rows": self.rows, "following": self.following, "previous": self.previous,
            "export": self.export,
        }  # fmt: skip
