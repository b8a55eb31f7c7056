"""Procedure list 手続の一覧: filters, sort orders, keyset pages and facet counts, in a constant number of queries."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db.models import Case, Count, F, IntegerField, Q, Value, When
from django.db.models.expressions import BaseExpression

from todoke.offers.online_status import available_online, available_online_ids
from todoke.organization.models import Department
from todoke.procedures import search
from todoke.procedures.models import Procedure, ProcedureQuerySet
from todoke.procedures.models.procedure import known_count

PAGE = 50
FACETS = ("online_status", "kind", "actor", "recipient", "fee", "department", "taken")
"""Single-choice filters with a count per choice; ``taken`` filters by whether a procedure is available online."""
CODED = ("life_event", "document", "office")
"""Filters by coded values, of which a procedure may have several."""
SORTS = ("volume", "number", "title", "updated")
SHOWN = (
    "pk", "number", "serial", "title", "law", "online_status", "fee", "total_count", "online_count", "online_since",
    "updated_at", "department__name",
)  # fmt: skip


@dataclass(frozen=True)
class ProcedureQuery:
    """絞り込みの条件: words, filters, sort (``-`` for descending) and page key of the procedure list."""

    words: str = ""
    facets: dict[str, str] = field(default_factory=dict)
    coded: dict[str, str] = field(default_factory=dict)
    sort: str = "-volume"
    after: str = ""
    before: str = ""


@dataclass
class ProcedurePage:
    """One page: rows by the names in ``SHOWN``, page keys (empty at either end), total, counts by facet and choice."""

    rows: list[dict[str, Any]]
    before: str
    after: str
    total: int
    counts: dict[str, Counter[str]]


def filtered(query: ProcedureQuery) -> ProcedureQuerySet:
    """Return all procedures that match a query, sorted, on all its pages."""
    return _sorted(_narrowed(query, available_online_ids()), query)[0]


def page(query: ProcedureQuery, size: int = PAGE) -> ProcedurePage:
    """Return one page of at most ``size`` procedures that match a query, with the facet counts."""
    online_ids = available_online_ids()
    combinations = _combinations(query, online_ids)
    counts = {name: _counts(combinations, query, name) for name in FACETS}
    total = sum(number for row, number in combinations if _fits(row, query.facets))
    rows = [{**row, "taken": row["pk"] in online_ids} for row in _rows(query, size + 1, online_ids)]
    more = len(rows) > size
    rows = rows[:size]
    if query.before:
        rows.reverse()
    first, last = (_key(rows[0], query), _key(rows[-1], query)) if rows else ("", "")
    has_before = more if query.before else bool(query.after)
    has_after = bool(query.before) or more
    return ProcedurePage(rows, first if has_before else "", last if has_after else "", total, counts)


def _searched(query: ProcedureQuery) -> ProcedureQuerySet:
    found = Procedure.objects.current().filter(search.matching_by_scan(query.words))
    for table, key in query.coded.items():
        found = found.filter(coded_values__code__table=table, coded_values__code__key=key)
    return found


def _narrowed(query: ProcedureQuery, online_ids: set[int]) -> ProcedureQuerySet:
    found = _searched(query)
    for name, value in query.facets.items():
        found = found.filter(_facet(name, value, online_ids))
    return found


def _facet(name: str, value: str, online_ids: set[int]) -> Q:
    if name == "taken":
        return Q(pk__in=online_ids) if value == "1" else ~Q(pk__in=online_ids)
    if name == "department":
        return Q(department__isnull=True) if value == "none" else Q(department__code=value)
    return Q(**{name: "" if value == "none" else value})


def _order(query: ProcedureQuery) -> tuple[str, BaseExpression | F, bool]:
    name = query.sort.removeprefix("-")
    expressions: dict[str, tuple[str, BaseExpression | F]] = {
        "volume": ("volume", known_count()),
        "title": ("title", F("title")),
        "updated": ("updated_at", F("updated_at")),
    }
    key, expression = expressions.get(name, ("serial", F("serial")))
    return key, expression, query.sort.startswith("-")


def _sorted(found: ProcedureQuerySet, query: ProcedureQuery) -> tuple[ProcedureQuerySet, str, bool, bool]:
    """Return the sorted rows, the sort field, and whether that field and the serial after it are descending.

    The direction of the serial follows the index: volumes are indexed descending, all other fields ascending.
    """
    key, expression, wanted_down = _order(query)
    if key == "volume":
        found = found.annotate(volume=expression)
    down = wanted_down != bool(query.before)
    serial_down = down != (key == "volume")
    names = [f"-{key}" if down else key, "-serial" if serial_down else "serial"]
    return found.order_by(*(names if key != "serial" else names[:1])), key, down, serial_down


def _rows(query: ProcedureQuery, size: int, online_ids: set[int]) -> list[dict[str, Any]]:
    found, key, down, serial_down = _sorted(_narrowed(query, online_ids), query)
    if mark := _read_key(query.before or query.after, key):
        value, serial = mark
        beyond = "lt" if down else "gt"
        if key == "serial":
            found = found.filter(**{f"serial__{beyond}": serial})
        else:
            turn = Q(serial__lt=serial) if serial_down else Q(serial__gt=serial)
            found = found.filter(Q(**{f"{key}__{beyond}e": value}), Q(**{f"{key}__{beyond}": value}) | turn)
    return list(found.values(*SHOWN)[:size])


def _key(row: dict[str, Any], query: ProcedureQuery) -> str:
    name = _order(query)[0]
    if name == "volume":
        value = -1 if row["total_count"] is None else row["total_count"]
    else:
        value = row[name].isoformat() if name == "updated_at" else row[name]
    return f"{row['serial']}~{value}"


def _read_key(text: str, key: str) -> tuple[Any, int] | None:
    """Parse a page key ``serial~value`` of an address; None when it is malformed."""
    serial, _, value = text.partition("~")
    try:
        if key == "updated_at":
            return datetime.fromisoformat(value), int(serial)
        return (value if key == "title" else int(value)), int(serial)
    except ValueError:
        return None


def _combinations(query: ProcedureQuery, online_ids: set[int]) -> list[tuple[dict[str, str], int]]:
    """Return the number of procedures for every combination of facet values: some hundred rows at any inventory size.

    With words or codes, one pass counts everything, because the full-text search dominates the cost. Without them, the
    index counts all procedures, and a second query those available online.
    """
    names = ["online_status", "kind", "actor", "recipient", "fee", "department"]
    found = _searched(query).order_by()
    everything: Counter[tuple[Any, ...]] = Counter()
    online: Counter[tuple[Any, ...]] = Counter()
    if query.words or query.coded:
        here = Case(When(pk__in=online_ids, then=Value(1)), default=Value(0), output_field=IntegerField())
        for values, number in _pairs(found.annotate(here=here).values_list(*names, "here").annotate(Count("pk"))):
            everything[values[:-1]] += number
            online[values[:-1]] += number if values[-1] else 0
    else:
        grouped = found.values_list(*names)
        everything.update(dict(_pairs(grouped.annotate(Count("pk")))))
        online.update(dict(_pairs(grouped.filter(pk__in=online_ids).annotate(Count("pk")))))
    codes = dict(Department.objects.values_list("pk", "code"))
    rows = []
    for values, number in everything.items():
        row = dict(zip(names, values, strict=True)) | {"department": codes.get(values[-1], "none")}
        both = online.get(values, 0)
        rows += [({**row, "taken": "1"}, both), ({**row, "taken": "0"}, number - both)]
    return [(row, number) for row, number in rows if number]


def _pairs(rows: Iterable[Any]) -> Iterable[tuple[tuple[Any, ...], int]]:
    return ((row[:-1], row[-1]) for row in rows)


def online_flag() -> Case:
    """Return an expression: 1 when a procedure is available online now, else 0."""
    return Case(When(available_online(), then=Value(1)), default=Value(0), output_field=IntegerField())


def _fits(row: dict[str, str], facets: dict[str, str]) -> bool:
    return all(
        row[name] == ("" if value == "none" and name != "department" else value) for name, value in facets.items()
    )


def _counts(combinations: list[tuple[dict[str, str], int]], query: ProcedureQuery, name: str) -> Counter[str]:
    """Return the counts of one facet's choices under all filters but its own."""
    others = {other: value for other, value in query.facets.items() if other != name}
    counts: Counter[str] = Counter()
    for row, number in combinations:
        if _fits(row, others):
            counts[row[name]] += number
    return counts
