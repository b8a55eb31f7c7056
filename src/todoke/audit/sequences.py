"""Sequences 番号: the next number or position of a row, allotted under a lock, one writer at a time."""

from typing import Any

from django.db.models import IntegerField, Max, Model, QuerySet
from django.db.models.functions import Cast, Substr

from todoke.audit.log import lock_subject


def next_of_year(rows: QuerySet[Any], year: int) -> str:
    """Return the next number of a year (2026-013) for a model with a unique ``number``.

    Locks the model and year until the transaction ends, so that two writers never get the same number.
    """
    prefix = f"{year}-"
    lock_subject(f"numbers/{rows.model._meta.label_lower}/{year}")
    counted = Cast(Substr("number", len(prefix) + 1), IntegerField())
    last = rows.filter(number__startswith=prefix).annotate(count_of=counted).aggregate(last=Max("count_of"))["last"]
    return f"{prefix}{(last or 0) + 1:03d}"


def next_position(rows: QuerySet[Any], owner: Model, field: str) -> int:
    """Return one more than the largest ``field`` (回, 順) among the rows of an owner; locks the owner until commit."""
    lock_subject(f"places/{rows.model._meta.label_lower}/{owner.pk}")
    return (rows.aggregate(last=Max(field))["last"] or 0) + 1
