"""Copies of rows that the program itself has written, made by the database: a filling of any size in seconds.

``since`` says what was written after ``marks``; ``copy`` writes it again as often as asked, each copy pointing at its
own copies. A table of which no copy can be made (its rows are one of a kind) keeps its rows, to which all copies then
point.
"""

from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from django.apps import apps
from django.core.management.color import no_style
from django.db import DatabaseError, connection, models, transaction
from django.db.models import Max

Model = type[models.Model]
Spans = Mapping[Model, tuple[int, int]]
"""By table the first and the last key of the rows to copy."""
Changed = Mapping[Model, Mapping[str, str]]
"""By table and column what a copy holds instead, in SQL, as of ``old`` and ``n.i``."""
ONE_OF_A_KIND = {
    "account", "accounts", "auth", "contenttypes", "django_tasks", "idp", "installation", "jobs", "mfa", "organization",
    "sessions", "sites", "socialaccount", "usersessions",
}  # fmt: skip
"""Apps of people, their posts, the installation and its jobs: copies would be other people, or work to do."""
LONG = 24
UNLOGGED = "PRAGMA journal_mode=MEMORY; PRAGMA synchronous=OFF; PRAGMA cache_size=-2000000; PRAGMA secure_delete=OFF"


@contextmanager
def unlogged() -> Iterator[None]:
    """Let SQLite write without a log, unflushed, and keep 2 GB in memory; PostgreSQL writes as always.

    The connection is made anew, and anew when all is written, as the product makes it.
    """
    if connection.vendor != "sqlite":
        yield
        return
    options = connection.settings_dict["OPTIONS"]
    usual = options["init_command"]
    connection.close()
    options["init_command"] = UNLOGGED
    try:
        yield
    finally:
        connection.close()
        options["init_command"] = usual


def _models() -> list[Model]:
    found = [each for each in apps.get_models(include_auto_created=True) if each._meta.managed and not each._meta.proxy]
    return [each for each in found if each._meta.app_label not in ONE_OF_A_KIND and _is_counted(each)]


def _is_counted(model: Model) -> bool:
    """Whether the keys are numbers: of its own, or of the row that it belongs to."""
    key: Any = model._meta.pk
    while key.remote_field:
        key = key.remote_field.model._meta.pk
    return isinstance(key, models.AutoField | models.BigAutoField)


def marks() -> dict[Model, int]:
    """Return the last key of every table."""
    return {model: model._base_manager.aggregate(last=Max("pk"))["last"] or 0 for model in _models()}


def since(before: Mapping[Model, int]) -> dict[Model, tuple[int, int]]:
    """Return the rows that were written since."""
    return {model: (before.get(model, 0) + 1, last) for model, last in marks().items() if last > before.get(model, 0)}


def copy(
    rows: Spans, times: int, changed: Changed | None = None, without: Collection[Model] = ()
) -> dict[Model, tuple[int, int]]:
    """Copy the rows so many times; ``changed`` says what a copy has instead.

    Return the rows and their copies.
    """
    wanted = {model: span for model, span in rows.items() if model not in without}
    for number, keep in ((1, False), (times, True)):
        while number > 0 and (refused := _attempt(wanted, number, changed or {}, keep=keep)):
            wanted = {model: span for model, span in wanted.items() if model not in refused}
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), list(wanted)):
            cursor.execute(statement)
    last = {model: model._base_manager.aggregate(last=Max("pk"))["last"] for model in wanted}
    return {model: (span[0], last[model]) for model, span in wanted.items()}


def _attempt(rows: Spans, times: int, changed: Changed, *, keep: bool) -> set[Model]:
    """Write the copies and return the tables that refused them; with one that did, or not to be kept, all is undone."""
    strides = {model: _stride(model, first) for model, (first, _) in rows.items()}
    refused = set()
    with transaction.atomic():
        for model in rows:
            try:
                with transaction.atomic(), connection.cursor() as cursor:
                    cursor.execute(_statement(model, rows, strides, times, changed.get(model, {})))
            except DatabaseError:
                refused.add(model)
        if refused or not keep:
            transaction.set_rollback(True)
    return refused


def _stride(model: Model, first: int) -> int:
    """Return by how much the key of a copy is greater; a row that belongs to another has that one's key."""
    owner = model
    while (key := owner._meta.pk) and key.remote_field:
        owner = key.remote_field.model
    last = owner._base_manager.aggregate(last=Max("pk"))["last"] or 0
    return int(last - (first if owner is model else 1) + 1)


def _statement(model: Model, rows: Spans, strides: Mapping[Model, int], times: int, changed: Mapping[str, str]) -> str:
    quote, meta = connection.ops.quote_name, model._meta
    first, last = rows[model]
    key: Any = meta.pk
    told_apart = _told_apart(model, rows)
    fields: Any = meta.concrete_fields
    written: dict[str, str] = {
        field.column: changed.get(field.column) or _value(field, model, rows, strides, field in told_apart)
        for field in fields
        if not getattr(field, "generated", False)
    }
    series = (
        f"generate_series(1, {times}) AS n(i)"
        if connection.vendor == "postgresql"
        else f"(WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {times}) SELECT i FROM n) AS n"
    )
    return (
        f"INSERT INTO {quote(meta.db_table)} ({', '.join(map(quote, written))}) SELECT {', '.join(written.values())} "
        f"FROM {series} CROSS JOIN {quote(meta.db_table)} AS old "
        f"WHERE old.{quote(key.column)} BETWEEN {first} AND {last}"
    )


def _told_apart(model: Model, rows: Spans) -> set[Any]:
    """Return the fields that must differ in every copy, because rows are unique by them."""
    meta = model._meta
    alone = {field for field in meta.concrete_fields if field.unique and not field.primary_key}
    sets = [list(names) for names in meta.unique_together]
    sets += [list(each.fields) for each in meta.constraints if isinstance(each, models.UniqueConstraint)]
    for names in sets:
        fields = [meta.get_field(name) for name in names]
        if alone.intersection(fields) or any(getattr(each, "related_model", None) in rows for each in fields):
            continue
        free = [each for each in fields if isinstance(each, models.CharField | models.IntegerField)]
        alone.update([each for each in free if not each.choices][-1:])
    return alone


def _value(field: Any, model: Model, rows: Spans, strides: Mapping[Model, int], is_told_apart: bool) -> str:
    """Return in SQL what a column of a copy holds."""
    old = f"old.{connection.ops.quote_name(field.column)}"
    if field.primary_key:
        own = field.remote_field.model if field.remote_field else model
        return f"{old} + n.i * {strides.get(own, strides[model])}"
    if field.remote_field:
        there = field.remote_field.model
        if there not in rows or not field.target_field.primary_key:
            return old
        first, last = rows[there]
        return f"CASE WHEN {old} BETWEEN {first} AND {last} THEN {old} + n.i * {strides[there]} ELSE {old} END"
    if not is_told_apart:
        return old
    key: Any = model._meta.pk
    if isinstance(field, models.IntegerField):
        values = model._base_manager.aggregate(low=models.Min(field.name), high=Max(field.name))
        return f"{old} + n.i * {(values['high'] or 0) - (values['low'] or 0) + 1}"
    if isinstance(field, models.UUIDField):
        return "gen_random_uuid()" if connection.vendor == "postgresql" else "lower(hex(randomblob(16)))"
    new = f"CAST(old.{connection.ops.quote_name(key.column)} + n.i * {strides[model]} AS text)"
    long = field.max_length or 200
    return new if long < LONG else f"substr({old}, 1, {long - len('-1234567890')}) || '-' || {new}"
