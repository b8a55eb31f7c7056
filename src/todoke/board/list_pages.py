"""Listings 一覧: rows searched, picked, sorted, paged by key, and taken away as CSV exactly as chosen."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

from django.db.models import F, Q, QuerySet
from django.http import QueryDict, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.utils.http import content_disposition_header

from todoke.japanese.calendar import today
from todoke.spreadsheets.writer import csv_lines

PAGE = 50


@dataclass(frozen=True)
class Pick:
    """絞り込み: a condition that one chooses from a list; ``field`` is what it is compared with."""

    name: str
    label: str
    field: str
    choices: list[tuple[str, str]]


@dataclass(frozen=True)
class Register:
    """一覧の仕様: what is searched, picked and sorted, by which key the pages go on, and the cells of a row."""

    title: str
    key: str
    words: tuple[str, ...]
    sorts: dict[str, str]
    start: str
    heads: list[str]
    cells: Callable[[Any], list[object]]
    picks: list[Pick] = field(default_factory=list)

    def chosen(self, rows: "QuerySet[Any]", query: QueryDict) -> "QuerySet[Any]":
        """Return the rows that the conditions of the address choose, in its order; unknown conditions are left out."""
        if words := query.get("q", "").strip()[:100]:
            found = Q()
            for name in self.words:
                found |= Q(**{f"{name}__icontains": words})
            rows = rows.filter(found)
        for pick in self.picks:
            value = query.get(pick.name, "")
            if value in dict(pick.choices):
                rows = rows.filter(**{pick.field: value})
        sort = query.get("sort", "")
        sort = sort if sort.removeprefix("-") in self.sorts else self.start
        term = F(self.sorts[sort.removeprefix("-")])
        ordered = term.desc(nulls_last=True) if sort.startswith("-") else term.asc(nulls_last=True)
        return rows.order_by(ordered, self.key)


@dataclass(frozen=True)
class Listing:
    """一覧の頁: the rows of one page, how many there are, and the addresses around it."""

    rows: list[Any]
    count: int
    following: str
    previous: str
    sheet: str
    words: str
    picks: list[tuple[Pick, str]]


def _address(query: QueryDict, **changes: str) -> str:
    address = query.copy()
    for name in ("after", "export"):
        address.pop(name, None)
    for name, value in changes.items():
        address[name] = value
    return f"?{address.urlencode()}"


def listing(register: Register, rows: "QuerySet[Any]", query: QueryDict) -> Listing:
    """Return one page; the next begins after the key of its last row."""
    found = list(register.chosen(rows, query))
    after = query.get("after", "")
    start = next((n for n, each in enumerate(found, 1) if str(getattr(each, register.key)) == after), 0)
    page, more = found[start : start + PAGE], len(found) > start + PAGE
    return Listing(
        page, len(found),
        _address(query, after=str(getattr(page[-1], register.key))) if more else "",
        _address(query) if start else "",
        _address(query, export="csv"),
        query.get("q", ""),
        [(pick, query.get(pick.name, "")) for pick in register.picks],
    )  # fmt: skip


def wants_sheet(query: QueryDict) -> bool:
    return query.get("export") == "csv"


def sheet(register: Register, rows: "QuerySet[Any]", query: QueryDict) -> HttpResponseBase:
    """Return the chosen rows, on all pages, as CSV."""
    return as_sheet(register.title, register.heads, (register.cells(each) for each in register.chosen(rows, query)))


def as_sheet(title: str, heads: list[str], lines: Iterator[list[object]]) -> HttpResponseBase:
    """Return lines as CSV under a name with today's date."""
    answer = StreamingHttpResponse(csv_lines(heads, lines), content_type="text/csv; charset=utf-8")
    name = content_disposition_header(True, f"{title}_{today():%Y%m%d}.csv")
    answer.headers["Content-Disposition"] = name or "attachment"
    return answer
