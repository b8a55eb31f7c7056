"""List query 一覧の条件: view, words, filters, sort, columns and place of a list, read from an address and written."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any
from urllib.parse import urlencode

from django.http import QueryDict

from todoke.lists.columns import Column, Filter
from todoke.runtime.parameters import cursor

LONGEST_WORDS = 100
FORMATS = ("csv", "xlsx")


@dataclass(frozen=True)
class ListQuery:
    """What somebody asked a list to show; ``columns`` is empty unless they chose some."""

    view: str = ""
    words: str = ""
    filters: Mapping[str, str] = field(default_factory=dict)
    sort: str = ""
    columns: tuple[str, ...] = ()
    after: str = ""
    before: str = ""

    @property
    def descending(self) -> bool:
        return self.sort.startswith("-")

    @property
    def is_narrowed(self) -> bool:
        """Whether fewer rows are asked for than the view has."""
        return bool(self.words or self.filters)

    def but(self, **changes: Any) -> "ListQuery":
        """Return the query with some conditions changed, from its first page on."""
        return replace(self, **({"after": "", "before": ""} | changes))

    def without(self, name: str) -> "ListQuery":
        """Return the query without one filter."""
        return self.but(filters={key: value for key, value in self.filters.items() if key != name})

    def encoded(self) -> str:
        """Return the query as it stands in an address."""
        parts: list[tuple[str, str]] = [("view", self.view), ("q", self.words), *self.filters.items()]
        parts += [("sort", self.sort), *(("columns", key) for key in self.columns)]
        parts += [("after", self.after), ("before", self.before)]
        return urlencode([(key, value) for key, value in parts if value])


def read_query(
    data: QueryDict,
    *,
    views: Iterable[str] = (),
    filters: Iterable[Filter] = (),
    columns: Iterable[Column] = (),
) -> ListQuery:
    """Read a query from an address; what makes no sense is left out. Raises Malformed for a cursor."""
    view, sort = data.get("view", ""), data.get("sort", "")
    found = {each.name: each.read(data.get(each.name, "")) for each in filters}
    by_key = {column.key: column for column in columns}
    chosen = [key for key in by_key if key in data.getlist("columns")]
    return ListQuery(
        view=view if view in views else "",
        words=data.get("q", "").strip()[:LONGEST_WORDS],
        filters={name: value for name, value in found.items() if value},
        sort=sort if (column := by_key.get(sort.removeprefix("-"))) and column.order else "",
        columns=tuple(chosen),
        after=cursor(data.get("after", "")),
        before=cursor(data.get("before", "")),
    )


def wanted_format(data: QueryDict, usual: str = "") -> str:
    """Return the file format that an address asks for, or the usual one; addresses say it in three ways."""
    asked = (data.get(name, "") for name in ("export", "format", "kind"))
    return next((value for value in asked if value in FORMATS), usual)
