"""Listing 手続の一覧: filter, sort, page by key and count facets, in a number of queries that never grows."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db.models import Case, Count, F, IntegerField, Q, Value, When
from django.db.models.expressions import BaseExpression

from todoke.offers.online_status import taken_ids, taken_online
from todoke.organization.models import Department
from todoke.procedures import search
from todoke.procedures.models import Procedure, ProcedureQuerySet
from todoke.procedures.models.procedure import known_count

PAGE = 50
FACETS = ("online_status", "kind", "actor", "recipient", "fee", "department", "taken")
"""Single choices with a count beside each; ``taken`` says whether this office takes it online."""
CODED = ("life_event", "document", "office")
"""Choices of which a procedure may have several."""
SORTS = ("volume", "number", "title", "updated")
SHOWN = (
    "pk", "number", "serial", "title", "law", "online_status", "fee", "total_count", "online_count", "online_since",
    "updated_at", "department__name",
)  # fmt: skip


@dataclass(frozen=True)
class Wish:
    """What somebody wants to see (条件)."""

    query: str = ""
    facets: dict[str, str] = field(default_factory=dict)
    coded: dict[str, str] = field(default_factory=dict)
    sort: str = "-volume"
    after: str = ""
    before: str = ""


@dataclass
class Page:
    """A page of the list: its rows, the keys before and after it, the total, and the counts of each facet."""

    rows: list[dict[str, Any]]
    before: str
    after: str
    total: int
    counts: dict[str, Counter[str]]


def chosen(wish: Wish) -> ProcedureQuerySet:
    """Return every procedure that a wish asks for, in its order."""
    return _sorted(_narrowed(wish, taken_ids()), wish)[0]


def page(wish: Wish, size: int = PAGE) -> Page:
    """Return one page of what a wish asks for, with the counts of the facets."""
    held = taken_ids()
    combinations = _combinations(wish, held)
    counts = {name: _counts(combinations, wish, name) for name in FACETS}
    total = sum(number for row, number in combinations if _fits(row, wish.facets))
    rows = [{**row, "taken": row["pk"] in held} for row in _rows(wish, size + 1, held)]
    more = len(rows) > size
    rows = rows[:size]
    if wish.before:
        rows.reverse()
    first, last = (_key(rows[0], wish), _key(rows[-1], wish)) if rows else ("", "")
    has_before = more if wish.before else bool(wish.after)
    has_after = bool(wish.before) or more
    return Page(rows, first if has_before else "", last if has_after else "", total, counts)


def _searched(wish: Wish) -> ProcedureQuerySet:
    found = Procedure.objects.current().filter(search.walking(wish.query))
    for table, key in wish.coded.items():
        found = found.filter(coded_values__code__table=table, coded_values__code__key=key)
    return found


def _narrowed(wish: Wish, held: set[int]) -> ProcedureQuerySet:
    found = _searched(wish)
    for name, value in wish.facets.items():
        found = found.filter(_facet(name, value, held))
    return found


def _facet(name: str, value: str, held: set[int]) -> Q:
    if name == "taken":
        return Q(pk__in=held) if value == "1" else ~Q(pk__in=held)
    if name == "department":
        return Q(department__isnull=True) if value == "none" else Q(department__code=value)
    return Q(**{name: "" if value == "none" else value})


def _order(wish: Wish) -> tuple[str, BaseExpression | F, bool]:
    name = wish.sort.removeprefix("-")
    expressions: dict[str, tuple[str, BaseExpression | F]] = {
        "volume": ("volume", known_count()),
        "title": ("title", F("title")),
        "updated": ("updated_at", F("updated_at")),
    }
    key, expression = expressions.get(name, ("serial", F("serial")))
    return key, expression, wish.sort.startswith("-")


def _sorted(found: ProcedureQuerySet, wish: Wish) -> tuple[ProcedureQuerySet, str, bool, bool]:
    """Return the rows in their order, the key, and whether the key and the serial after it go down.

    The serial goes the way of the index: the largest volume comes first in it, everything else rises.
    """
    key, expression, wanted_down = _order(wish)
    if key == "volume":
        found = found.annotate(volume=expression)
    down = wanted_down != bool(wish.before)
    serial_down = down != (key == "volume")
    names = [f"-{key}" if down else key, "-serial" if serial_down else "serial"]
    return found.order_by(*(names if key != "serial" else names[:1])), key, down, serial_down


def _rows(wish: Wish, size: int, held: set[int]) -> list[dict[str, Any]]:
    found, key, down, serial_down = _sorted(_narrowed(wish, held), wish)
    if mark := _read_key(wish.before or wish.after, key):
        value, serial = mark
        beyond = "lt" if down else "gt"
        if key == "serial":
            found = found.filter(**{f"serial__{beyond}": serial})
        else:
            turn = Q(serial__lt=serial) if serial_down else Q(serial__gt=serial)
            found = found.filter(Q(**{f"{key}__{beyond}e": value}), Q(**{f"{key}__{beyond}": value}) | turn)
    return list(found.values(*SHOWN)[:size])


def _key(row: dict[str, Any], wish: Wish) -> str:
    name = _order(wish)[0]
    if name == "volume":
        value = -1 if row["total_count"] is None else row["total_count"]
    else:
        value = row[name].isoformat() if name == "updated_at" else row[name]
    return f"{row['serial']}~{value}"


def _read_key(text: str, key: str) -> tuple[Any, int] | None:
    """Read a key from an address; one that people have broken is as good as none."""
    serial, _, value = text.partition("~")
    try:
        if key == "updated_at":
            return datetime.fromisoformat(value), int(serial)
        return (value if key == "title" else int(value)), int(serial)
    except ValueError:
        return None


def _combinations(wish: Wish, held: set[int]) -> list[tuple[dict[str, str], int]]:
    """Count every combination of the facets; a few hundred rows whatever the inventory holds.

    What was searched is counted in one pass, because finding the words costs most. The whole inventory is counted by
    its index, and what is online apart, because testing every row for it would cost more.
    """
    names = ["online_status", "kind", "actor", "recipient", "fee", "department"]
    found = _searched(wish).order_by()
    everything: Counter[tuple[Any, ...]] = Counter()
    online: Counter[tuple[Any, ...]] = Counter()
    if wish.query or wish.coded:
        here = Case(When(pk__in=held, then=Value(1)), default=Value(0), output_field=IntegerField())
        for values, number in _pairs(found.annotate(here=here).values_list(*names, "here").annotate(Count("pk"))):
            everything[values[:-1]] += number
            online[values[:-1]] += number if values[-1] else 0
    else:
        grouped = found.values_list(*names)
        everything.update(dict(_pairs(grouped.annotate(Count("pk")))))
        online.update(dict(_pairs(grouped.filter(pk__in=held).annotate(Count("pk")))))
    codes = dict(Department.objects.values_list("pk", "code"))
    rows = []
    for values, number in everything.items():
        row = dict(zip(names, values, strict=True)) | {"department": codes.get(values[-1], "none")}
        both = online.get(values, 0)
        rows += [({**row, "taken": "1"}, both), ({**row, "taken": "0"}, number - both)]
    return [(row, number) for row, number in rows if number]


def _pairs(rows: Iterable[Any]) -> Iterable[tuple[tuple[Any, ...], int]]:
    return ((row[:-1], row[-1]) for row in rows)


def taken() -> Case:
    """Whether the office takes a procedure online now, as 1 or 0."""
    return Case(When(taken_online(), then=Value(1)), default=Value(0), output_field=IntegerField())


def _fits(row: dict[str, str], facets: dict[str, str]) -> bool:
    return all(
        row[name] == ("" if value == "none" and name != "department" else value) for name, value in facets.items()
    )


def _counts(combinations: list[tuple[dict[str, str], int]], wish: Wish, name: str) -> Counter[str]:
    """Count the choices of one facet under all other conditions."""
    others = {other: value for other, value in wish.facets.items() if other != name}
    counts: Counter[str] = Counter()
    for row, number in combinations:
        if _fits(row, others):
            counts[row[name]] += number
    return counts
