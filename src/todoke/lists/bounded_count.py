"""Bounded counts 件数: counts that stop at a limit, so that a number beside a link costs no more the more there is."""

from typing import Any

from django.db.models import IntegerField, QuerySet, Subquery

MOST = 10_000


class BoundedCount(Subquery):
    """How many rows a query has, ``MOST`` where it has more, unless ``exact``; several stand in one statement."""

    template = "(SELECT COUNT(*) FROM (%(subquery)s) AS counted)"

    def __init__(self, rows: "QuerySet[Any, Any]", *, exact: bool = False) -> None:
        super().__init__(rows.order_by().values("pk")[: None if exact else MOST], output_field=IntegerField())


def bounded_count(rows: "QuerySet[Any, Any]") -> int:
    """Return how many rows a query has, ``MOST`` where it has more."""
    return rows.order_by()[:MOST].count()


def is_least(count: int | None) -> bool:
    """Tell whether a bounded count stopped, so that there are as many or more (件以上)."""
    return count is not None and count >= MOST


def in_words(count: int, unit: str = "") -> str:
    """Return a bounded count with its unit: 1,234件, 10,000件以上."""
    return f"{count:,}{unit}{'以上' if is_least(count) else ''}"
