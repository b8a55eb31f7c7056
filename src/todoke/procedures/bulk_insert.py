"""Bulk insert 一括登録: many new rows in one statement, at a fifth of the cost of a model instance per row."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any

from django.db import connection
from django.db.models import Field, Model

from todoke.procedures.models import CodedValue, Procedure

_FIELDS: tuple["Field[Any, Any]", ...] = tuple(
    field for field in Procedure._meta.concrete_fields if not field.primary_key
)
_NAMES = tuple(field.attname for field in _FIELDS)
_DEFAULTS: tuple[Any, ...] = tuple(field.get_default() for field in _FIELDS)


def load_procedures(rows: Iterable[dict[str, Any]]) -> dict[int, int]:
    """Insert procedures given as values by field; return their ids by serial. Missing fields get their defaults."""
    ready = [
        tuple(_ready(row.get(name, default)) for name, default in zip(_NAMES, _DEFAULTS, strict=True)) for row in rows
    ]
    if not ready:
        return {}
    _insert(Procedure, [str(field.column) for field in _FIELDS], ready)
    at = _NAMES.index("serial")
    serials = [row[at] for row in ready]
    found = Procedure.objects.filter(serial__range=(min(serials), max(serials)))
    return dict(found.values_list("serial", "pk"))


def load_coded_values(rows: Iterable[tuple[int, int]]) -> None:
    """Insert coded values given as pairs of a procedure id and a code id."""
    if pairs := list(rows):
        _insert(CodedValue, ["procedure_id", "code_id"], pairs)


def _ready(value: Any) -> Any:
    if isinstance(value, datetime):
        return connection.ops.adapt_datetimefield_value(value)
    return connection.ops.adapt_datefield_value(value) if isinstance(value, date) else value


def _insert(model: type[Model], columns: list[str], rows: Sequence[tuple[Any, ...]]) -> None:
    quote = connection.ops.quote_name
    names = ", ".join(quote(column) for column in columns)
    marks = ", ".join(["%s"] * len(columns))
    with connection.cursor() as cursor:
        cursor.executemany(f"INSERT INTO {quote(model._meta.db_table)} ({names}) VALUES ({marks})", rows)  # noqa: S608 - names of our own columns
