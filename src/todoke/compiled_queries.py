"""Compiled queries 下ごしらえ: a query set or an INSERT is compiled to SQL once per process; each call binds values.

Compiling a query with several joins costs Django more processor time than the database needs to answer it. Only the
SQL statement is cached, never a row: every call asks the database. It reads private parts of Django's compiler: on a
Django outside ``DJANGO``, and with the speed-up turned off, the query sets are evaluated as they stand (decision 6).
"""

from collections.abc import Callable, Iterator, Mapping
from contextvars import ContextVar
from typing import Any, Generic, TypeVar

import django
from django.conf import settings
from django.db import connection, models, transaction
from django.db.models import query as machinery
from django.db.models.expressions import RawSQL
from django.db.models.sql import InsertQuery

M = TypeVar("M")
DJANGO = ((5, 2),)
"""The versions of Django whose compiler was read and tested."""
_django: Any = machinery
_given: ContextVar[Mapping[str, Any] | None] = ContextVar("given", default=None)


def is_read(version: tuple[int, ...]) -> bool:
    """Return whether the compiler of a version of Django is known here."""
    return version[:2] in DJANGO


READ = is_read(django.VERSION[:2])


class Parameter(models.Expression):
    """A named placeholder of the SQL statement whose value is passed with each call."""

    def __init__(self, name: str, output_field: models.Field[Any, Any]) -> None:
        super().__init__(output_field=output_field)
        self.name = name

    def as_sql(self, compiler: Any, connection: Any) -> Any:
        return "%s", (_as_given(self),)


class ParameterSQL(RawSQL):
    """Raw SQL among whose values named placeholders may stand."""

    def as_sql(self, compiler: Any, connection: Any) -> Any:
        text, parameters = super().as_sql(compiler, connection)
        return text, tuple(_as_given(each) for each in parameters)


def bound(parameter: Any, values: Mapping[str, Any]) -> Any:
    """Return the value of a parameter as the database takes it; anything else as it is."""
    if not isinstance(parameter, Parameter):
        return parameter
    return parameter.output_field.get_db_prep_value(values[parameter.name], connection)


def _as_given(parameter: Any) -> Any:
    """Return the parameter, or its value while a query set is evaluated as it stands."""
    values = _given.get()
    return parameter if values is None else bound(parameter, values)


class Statement:
    """A query set compiled for one database vendor: SQL, parameters, and the converters of its columns."""

    def __init__(self, query: models.QuerySet[Any, Any]) -> None:
        compiler: Any = query.query.get_compiler(using=connection.alias)
        self.text, self.parameters = compiler.as_sql()
        columns = [column[0] for column in compiler.select[: compiler.col_count]]
        self.converters = list(compiler.get_converters(columns).items())
        self.annotations = list((compiler.annotation_col_map or {}).items())
        if (info := compiler.klass_info) is not None:
            self.model, chosen = info["model"], info["select_fields"]
            self.first, self.last = chosen[0], chosen[-1] + 1
            self.names = [column.target.attname for column in columns[self.first : self.last]]
            self.populators = _django.get_related_populators(info, compiler.select, connection.alias)

    def rows(self, values: dict[str, Any]) -> list[tuple[Any, ...]]:
        """Execute with the values; return rows converted by their fields."""
        with connection.cursor() as cursor:
            cursor.execute(self.text, [bound(parameter, values) for parameter in self.parameters])
            found = cursor.fetchall()
        return list(self._converted(found)) if self.converters else found

    def instance(self, row: tuple[Any, ...]) -> Any:
        """Return the model instance of a row, with its related objects and annotations, as Django would build it."""
        instance = self.model.from_db(connection.alias, self.names, row[self.first : self.last])
        for populator in self.populators:
            populator.populate(row, instance)
        for name, place in self.annotations:
            setattr(instance, name, row[place])
        return instance

    def _converted(self, found: list[tuple[Any, ...]]) -> Iterator[tuple[Any, ...]]:
        for row in found:
            read = list(row)
            for place, (convert, column) in self.converters:
                value = read[place]
                for converter in convert:
                    value = converter(value, column, connection)
                read[place] = value
            yield tuple(read)


class CompiledQuery(Generic[M]):
    """A query compiled on first use: ``make`` builds its query set, with a ``Parameter`` for each later value."""

    def __init__(self, make: Callable[[], models.QuerySet[Any, M]]) -> None:
        self.make = make
        self.statements: dict[str, Statement] = {}

    def statement(self) -> Statement:
        """Return the statement compiled for the connected database."""
        found = self.statements.get(connection.vendor)
        if found is None:
            found = self.statements[connection.vendor] = Statement(self.make())
        return found

    def all(self, **values: Any) -> list[M]:
        """Execute with the values; return the instances of the query set."""
        if not (READ and "compiled-queries" in settings.SPEED_UPS):
            return self._as_it_stands(values)
        statement = self.statement()
        return [statement.instance(row) for row in statement.rows(values)]

    def first(self, **values: Any) -> M | None:
        """Execute and return the first instance or None; the query set should be limited to one row."""
        found = self.all(**values)
        return found[0] if found else None

    def rows(self, **values: Any) -> list[tuple[Any, ...]]:
        """Execute a ``values_list`` query; return its rows as tuples."""
        if not (READ and "compiled-queries" in settings.SPEED_UPS):
            return self._as_it_stands(values)
        return self.statement().rows(values)

    def _as_it_stands(self, values: Mapping[str, Any]) -> list[Any]:
        """Evaluate the query set by Django alone, with the values in the place of its parameters."""
        before = _given.set(values)
        try:
            return list(self.make())
        finally:
            _given.reset(before)


Row = TypeVar("Row", bound=models.Model)


class CompiledInsert(Generic[Row]):
    """The INSERT of one row of a model, compiled on first use; every column is written, none is a default."""

    def __init__(self, model: type[Row]) -> None:
        self.model, self.texts = model, dict[str, str]()
        self.fields = [field for field in model._meta.local_concrete_fields if not field.primary_key]

    def save(self, row: Row) -> None:
        """Insert an unsaved row and set its primary key, as ``row.save(force_insert=True)`` does."""
        if not (READ and "compiled-queries" in settings.SPEED_UPS):
            row.save(force_insert=True)
            return
        text = self._text(row)
        values = [field.get_db_prep_save(field.pre_save(row, True), connection) for field in self.fields]
        with transaction.mark_for_rollback_on_error(connection.alias), connection.cursor() as cursor:
            cursor.execute(text, values)
            row.pk = cursor.fetchone()[0]
        row._state.adding, row._state.db = False, connection.alias

    def _text(self, row: Row) -> str:
        found = self.texts.get(connection.vendor)
        if found is None:
            query = InsertQuery(self.model)
            query.insert_values(self.fields, [row])
            compiler: Any = query.get_compiler(using=connection.alias)
            compiler.returning_fields = [self.model._meta.pk]
            found = self.texts[connection.vendor] = compiler.as_sql()[0][0]
        return found
