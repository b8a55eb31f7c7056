"""Prepared 下ごしらえ: a query is put together once per process; afterwards only its values change.

Putting a query with several joins together costs Django more processor time than the database needs to answer it. What
is kept is the statement, never a row: every call asks the database.
"""

from collections.abc import Callable, Iterator
from typing import Any, Generic, TypeVar

import psycopg
from django.db import connection, models
from django.db.models import query as machinery

M = TypeVar("M")
_django: Any = machinery


class Slot(models.Expression):
    """A place in the statement whose value comes with each call."""

    def __init__(self, name: str, output_field: models.Field[Any, Any]) -> None:
        super().__init__(output_field=output_field)
        self.name = name

    def as_sql(self, compiler: Any, connection: Any) -> Any:
        return "%s", (self,)


class Statement:
    """What Django makes of a query set on one kind of database: the text, its slots, and how rows are read."""

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
        """Ask the database; return rows as the fields read them. PostgreSQL keeps the plan as well."""
        with connection.cursor() as cursor:
            if connection.vendor == "postgresql" and connection.connection.prepare_threshold is not None:
                cursor.cursor = psycopg.Cursor(connection.connection)
            cursor.execute(self.text, [self._filled(parameter, values) for parameter in self.parameters])
            found = cursor.fetchall()
        return list(self._converted(found)) if self.converters else found

    def thing(self, row: tuple[Any, ...]) -> Any:
        """Make of a row what Django would: an object with its related objects and annotations."""
        thing = self.model.from_db(connection.alias, self.names, row[self.first : self.last])
        for populator in self.populators:
            populator.populate(row, thing)
        for name, place in self.annotations:
            setattr(thing, name, row[place])
        return thing

    def _filled(self, parameter: Any, values: dict[str, Any]) -> Any:
        if not isinstance(parameter, Slot):
            return parameter
        return parameter.output_field.get_db_prep_value(values[parameter.name], connection)

    def _converted(self, found: list[tuple[Any, ...]]) -> Iterator[tuple[Any, ...]]:
        for row in found:
            read = list(row)
            for place, (convert, column) in self.converters:
                value = read[place]
                for converter in convert:
                    value = converter(value, column, connection)
                read[place] = value
            yield tuple(read)


class Prepared(Generic[M]):
    """A question to the database: ``make`` builds its query set once, with a ``Slot`` where a value will stand."""

    def __init__(self, make: Callable[[], models.QuerySet[Any, M]]) -> None:
        self.make = make
        self.statements: dict[str, Statement] = {}

    def statement(self) -> Statement:
        found = self.statements.get(connection.vendor)
        if found is None:
            found = self.statements[connection.vendor] = Statement(self.make())
        return found

    def all(self, **values: Any) -> list[M]:
        """Ask, and return what the query set would."""
        statement = self.statement()
        return [statement.thing(row) for row in statement.rows(values)]

    def first(self, **values: Any) -> M | None:
        """Ask, and return the first thing or None; the query set itself should stop at one."""
        found = self.all(**values)
        return found[0] if found else None

    def rows(self, **values: Any) -> list[tuple[Any, ...]]:
        """Ask a query set of ``values_list``; return its rows."""
        return self.statement().rows(values)
