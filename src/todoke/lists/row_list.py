"""A list 一覧: which rows somebody may see, and how they are narrowed, sorted, paged and exported."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cached_property, reduce
from operator import or_
from typing import Any, ClassVar, Generic, Self, TypeVar

from django.core.exceptions import ValidationError
from django.db import DataError
from django.db.models import Q, QuerySet
from django.http import QueryDict
from django.urls import reverse

from todoke.accounts.actors import Actor
from todoke.accounts.models import User
from todoke.lists.bounded_count import MOST
from todoke.lists.columns import Column, Filter
from todoke.lists.pagination import ListPage, Term, beyond, sorted_by, terms_of
from todoke.lists.query import ListQuery, read_query
from todoke.lists.substring_search import contains_words
from todoke.runtime.parameters import Malformed
from todoke.runtime.refusals import NotAllowed

Row = TypeVar("Row", bound=Any)
CHUNK = 2000
WITHHELD = "画面で確かめてください"
"""What a file says instead of the name of a person under protection."""


class RowList(Generic[Row]):
    """一覧: what one list is made of, bound to the person who looks at it.

    A list of what belongs to one thing (``at``) takes that thing beside the person.

    A list names its address (``url``), its columns, and the public ``key`` of a row, which is unique; ``tie`` is the
    unique field that ends every order. ``start`` is the usual sort. The first view is the usual one; ``unsorted`` are
    by view the columns by which it is not sorted, for want of values or of an index. Templates of columns know a row as
    ``row_name``. ``prominent`` filters stand beside the words, the others below.
    ``dense`` tables have narrow columns and a head that stays in sight. Rows are ``counted``, those of a ``bounded``
    list up to ``bounded_count.MOST``. ``filled`` annotations always have a value.
    What is not ``exportable`` never becomes a file. ``person`` are the fields by which the persons of the ``personal``
    columns are told apart.
    """

    name: ClassVar[str]
    title: str
    url: ClassVar[str]
    row_name: ClassVar[str] = "row"
    export_url: ClassVar[str] = ""
    columns: ClassVar[tuple[Column, ...]]
    key: ClassVar[str] = "pk"
    tie: ClassVar[str] = "pk"
    start: ClassVar[str] = ""
    views: ClassVar[Mapping[str, str]] = {}
    unsorted: ClassVar[Mapping[str, tuple[str, ...]]] = {}
    search_fields: ClassVar[tuple[str, ...]] = ()
    search_label: ClassVar[str] = ""
    related: ClassVar[tuple[str, ...]] = ()
    size: ClassVar[int] = 50
    counted: ClassVar[bool] = False
    bounded: ClassVar[bool] = False
    dense: ClassVar[bool] = False
    prominent: ClassVar[int] = 3
    saves: ClassVar[bool] = True
    exportable: ClassVar[bool] = True
    person: ClassVar[tuple[str, ...]] = ()
    filled: ClassVar[frozenset[str]] = frozenset()

    def __init__(self, user: User) -> None:
        self.user = user

    @classmethod
    def at(cls, user: User, place: Mapping[str, Any]) -> Self:
        """Return the list of an address, whose captured values ``place`` holds. Raises Http404."""
        return cls(user)

    def rows(self, view: str) -> "QuerySet[Any, Row]":
        """Return the rows of a view, with what they are sorted by; for "" all that the person may see."""
        raise NotImplementedError

    def filters(self) -> Sequence[Filter]:
        """Return what narrows the list beside the words."""
        return ()

    @cached_property
    def narrowing(self) -> tuple[Filter, ...]:
        """The filters, asked for once."""
        return tuple(self.filters())

    def counts(self) -> Mapping[str, int]:
        """Return how many rows wait in the views that say so."""
        return {}

    def search(self, rows: "QuerySet[Any, Row]", words: str) -> "QuerySet[Any, Row]":
        """Return the rows in which the words occur."""
        return rows.filter(reduce(or_, (contains_words(field, words) for field in self.search_fields), Q()))

    def path(self) -> str:
        """Return the address of the list without its query."""
        return reverse(self.url)

    def export_path(self) -> str:
        """Return the address under which the list is exported."""
        return reverse(self.export_url) if self.export_url else self.path()

    def usual_sort(self, view: str) -> str:
        """Return the sort of a view that nobody chose."""
        return self.start

    def order(self, query: ListQuery) -> tuple[str, ...]:
        """Return the order of a query as field names, "-" for descending, its last one unique."""
        sort = query.sort or self.usual_sort(query.view)
        column = next((each for each in self.columns if each.key == sort.removeprefix("-")), None)
        fields = list(column.order if column else ())
        if self.tie not in {field.removeprefix("-") for field in fields}:
            fields.append(self.tie)
        return tuple(_turned(field) for field in fields) if sort.startswith("-") else tuple(fields)

    def read(self, data: QueryDict) -> ListQuery:
        """Read a query from an address."""
        query = read_query(data, views=self.views, filters=self.narrowing, columns=self.columns)
        if {*query.columns, self.heading.key} == {column.key for column in self.columns if column.shown}:
            query = replace(query, columns=())
        query = replace(query, view=query.view or next(iter(self.views), ""))
        return replace(query, sort="") if query.sort.removeprefix("-") in self._unsorted(query) else query

    def _unsorted(self, query: ListQuery) -> tuple[str, ...]:
        return self.unsorted.get(query.view, ())

    def chosen(self, query: ListQuery) -> "QuerySet[Any, Row]":
        """Return every row that a query asks for, on all its pages, in no order."""
        return self.narrowed(self.rows(query.view), query)

    def narrowed(self, rows: "QuerySet[Any, Row]", query: ListQuery) -> "QuerySet[Any, Row]":
        """Return those of the rows that fit the filters and the words of a query."""
        for each in self.narrowing:
            if each.name in query.filters:
                rows = rows.filter(each.narrow(query.filters[each.name]))
        return self.search(rows, query.words) if query.words else rows

    def exact(self, rows: "QuerySet[Any, Row]") -> "QuerySet[Any, Row]":
        """Return the rows with exact numbers where those of the page stop at a limit."""
        return rows

    def sorted(self, query: ListQuery) -> "QuerySet[Any, Row]":
        """Return every row that a query asks for, in its order, as a file has them."""
        rows = self.exact(self.chosen(query))
        return sorted_by(rows, self.terms(rows, query))

    def terms(self, rows: "QuerySet[Any, Row]", query: ListQuery) -> list[Term]:
        """Return the terms of a query's order."""
        return terms_of(rows, self.order(query), self.filled)

    def count(self, rows: "QuerySet[Any, Row]", query: ListQuery) -> int | None:
        """Return how many rows a query asks for on all its pages, or nothing where that is not counted."""
        if not self.counted:
            return None
        return (rows.order_by()[:MOST] if self.bounded else rows).count()

    def facets(self, query: ListQuery) -> Mapping[str, Mapping[str, int]]:
        """Return by filter how many rows each of its keys would show under the other conditions, where that is known.

        The page then says the number beside each choice, and leaves out what would show nothing.
        """
        return {}

    def page(self, data: QueryDict) -> "ListPage[Row]":
        """Return the page that an address asks for, with one query; another where it begins at a key, and one to count.

        Where nothing is found nothing is counted: for words that nobody has, that would search all rows twice.
        """
        query = self.read(data)
        chosen = self.chosen(query)
        terms = self.terms(chosen, query)
        place = self._place(query.before or query.after, terms)
        backwards = bool(query.before) and place is not None
        rows = chosen if place is None else chosen.filter(beyond(terms, place, backwards=backwards))
        found = self.fetch(sorted_by(rows, terms, backwards=backwards))
        more, shown = len(found) > self.size, found[: self.size]
        is_empty = self.counted and place is None and not found
        count = 0 if is_empty else self.count(chosen, query)
        if backwards:
            return ListPage(self, query, shown[::-1], count, has_previous=more, has_following=True)
        return ListPage(self, query, shown, count, has_previous=place is not None, has_following=more)

    def fetch(self, rows: "QuerySet[Any, Row]") -> list[Row]:
        """Return the rows of a page and one more; a list adds here what its cells need, in constant queries."""
        return list(rows[: self.size + 1])

    def deferred_join(
        self, rows: "QuerySet[Any, Row]", whole: "Callable[[Sequence[Any]], QuerySet[Any, Row]]"
    ) -> list[Row]:
        """Return the rows of a page by a deferred join: ids are taken from indexes, then ``whole`` gives the rows.

        A database that does both in one writes out every column of all rows that fit to sort them.
        """
        ids = list(rows.values_list("pk", flat=True)[: self.size + 1])
        places = {pk: place for place, pk in enumerate(ids)}
        return sorted(whole(ids), key=lambda row: places[row.pk])

    def _place(self, key: str, terms: Sequence[Term]) -> tuple[Any, ...] | None:
        """Return by what the row of a key is sorted; None where that row is gone. Raises Malformed."""
        if not key:
            return None
        try:
            found = self.rows("").filter(**{self.key: key}).order_by()
            return next(iter(found.values_list(*(term.field for term in terms))[:1]), None)
        except (ValueError, ValidationError, OverflowError, DataError):
            raise Malformed from None

    def key_of(self, row: Row) -> str:
        """Return the public key of a row."""
        return str(value_of(row, self.key))

    def name_of(self, row: Row) -> object:
        """Return what people call a row."""
        return self.heading.value(row)

    @cached_property
    def heading(self) -> Column:
        """The first column of the page, which says which row it is; it is always there."""
        return next(column for column in self.columns if column.shown)

    def columns_of(self, query: ListQuery, *, exported: bool = False) -> list[Column]:
        """Return the columns that were chosen, or the usual ones of the page or of the export."""
        if query.columns:
            found = [each for each in self.columns if each.key in query.columns or each == self.heading]
        else:
            found = [column for column in self.columns if (column.is_exported if exported else column.shown)]
        return [replace(each, sort=()) if each.key in self._unsorted(query) else each for each in found]

    def require_taking(self, *, by: Actor) -> None:
        """Raises NotAllowed where the list never leaves the page; which rows a person gets, ``rows`` says."""
        if not self.exportable:
            said = f"{self.title}の一覧は、保護のため、ファイルにできません。画面で見てください。"
            raise NotAllowed(said, link=self.path())

    def count_persons(self, query: ListQuery) -> int | None:
        """Return of how many persons the export of a query tells; None where it tells of nobody."""
        if not any(column.personal for column in self.columns_of(query, exported=True)):
            return None
        return self.chosen(query).order_by().values(*self.person).distinct().count()

    def withheld(self) -> Callable[[Row], bool]:
        """Return the test of rows whose personal columns stay out of the file."""
        return lambda row: False

    def exported(self, rows: "QuerySet[Any, Row]") -> Iterable[Row]:
        """Return all rows of an export; a list whose ``fetch`` adds to the rows adds the same here."""
        return rows.iterator(chunk_size=CHUNK)

    def table(self, query: ListQuery, most: int) -> tuple[list[str], Iterator[list[object]]]:
        """Return the heads and the lines of the export, which asks the database while it is written."""
        columns, withheld = self.columns_of(query, exported=True), self.withheld()
        rows = self.exported(self.sorted(query)[:most])

        def line(row: Row) -> list[object]:
            hidden = withheld(row)
            return [WITHHELD if hidden and column.personal else column.value(row) for column in columns]

        return [column.label for column in columns], (line(row) for row in rows)


def _turned(field: str) -> str:
    return field.removeprefix("-") if field.startswith("-") else f"-{field}"


def value_of(row: Any, path: str) -> Any:
    """Return the value of a row under a field path."""
    for name in path.split("__"):
        row = row[name] if isinstance(row, Mapping) else getattr(row, name, None)
    return row
