"""Facets 絞り込みの件数: how many procedures each choice would show under the other conditions, from one count."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Case, Count, IntegerField, QuerySet, Value, When

from todoke.procedures.models import Procedure

ANSWERS = ("online_status", "kind", "actor", "recipient", "fee")
"""Single choices of the survey; ``none`` stands for no answer."""
NONE = "none"


@dataclass(frozen=True)
class Facets:
    """絞り込みの件数: every combination of the answers, the department and ``taken`` (1 or 0), with its count."""

    combinations: tuple[tuple[Mapping[str, str], int], ...]

    def total(self, chosen: Mapping[str, str]) -> int:
        """Return how many procedures fit what was chosen."""
        return sum(count for row, count in self.combinations if _fits(row, chosen))

    def counts(self, chosen: Mapping[str, str]) -> dict[str, Counter[str]]:
        """Return for each facet how many procedures each of its keys would show under all other conditions."""
        found: dict[str, Counter[str]] = {}
        for name in (*ANSWERS, "department", "taken"):
            others = {other: value for other, value in chosen.items() if other != name}
            counts = found[name] = Counter()
            for row, count in self.combinations:
                if _fits(row, others):
                    counts[row[name]] += count
        return found


def count_facets(
    found: "QuerySet[Any, Procedure]", online_ids: set[int], codes: Mapping[int, str], *, in_one_pass: bool
) -> Facets:
    """Count every combination of the facets: a few hundred, whatever the inventory holds.

    ``online_ids`` are the ids of what is available online, ``codes`` those of departments by id. What was searched is
    counted in one pass, because the full-text search costs most. The whole inventory is counted by its index, and what
    is online apart, because testing every row for it would cost more.
    """
    names = (*ANSWERS, "department")
    everything: Counter[tuple[Any, ...]] = Counter()
    online: Counter[tuple[Any, ...]] = Counter()
    if in_one_pass:
        here = Case(When(pk__in=online_ids, then=Value(1)), default=Value(0), output_field=IntegerField())
        for values, count in _pairs(found.order_by().annotate(here=here).values_list(*names, "here")):
            everything[values[:-1]] += count
            online[values[:-1]] += count if values[-1] else 0
    else:
        grouped = found.order_by().values_list(*names)
        everything.update(dict(_pairs(grouped)))
        online.update(dict(_pairs(grouped.filter(pk__in=online_ids))))
    rows = []
    for values, count in everything.items():
        row = {name: value or NONE for name, value in zip(names, values, strict=True)}
        row["department"] = codes.get(values[-1], NONE)
        both = online.get(values, 0)
        rows += [({**row, "taken": "1"}, both), ({**row, "taken": "0"}, count - both)]
    return Facets(tuple((row, count) for row, count in rows if count))


def _pairs(grouped: Any) -> Iterable[tuple[tuple[Any, ...], int]]:
    return ((row[:-1], row[-1]) for row in grouped.annotate(count=Count("pk")))


def _fits(row: Mapping[str, str], chosen: Mapping[str, str]) -> bool:
    return all(row[name] == value for name, value in chosen.items())
