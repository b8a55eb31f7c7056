"""Numbers 番号: the next number of a row, given out to one writer at a time."""

from typing import Any

from django.db.models import IntegerField, Max, Model, QuerySet
from django.db.models.functions import Cast, Substr

from todoke.audit.log import hold


def next_of_year(rows: QuerySet[Any], year: int) -> str:
    """Return the next number of a year (2026-013) for a model with a unique ``number``.

    Writers take turns until their transactions end, so that two can never be given the same number.
    """
    prefix = f"{year}-"
    hold(f"numbers/{rows.model._meta.label_lower}/{year}")
    counted = Cast(Substr("number", len(prefix) + 1), IntegerField())
    last = rows.filter(number__startswith=prefix).annotate(count_of=counted).aggregate(last=Max("count_of"))["last"]
    return f"{prefix}{(last or 0) + 1:03d}"


def next_place(rows: QuerySet[Any], owner: Model, field: str) -> int:
    """Return the next place (回, 順) among the rows of an owner; writers to one owner take turns."""
    hold(f"places/{rows.model._meta.label_lower}/{owner.pk}")
    return (rows.aggregate(last=Max(field))["last"] or 0) + 1
