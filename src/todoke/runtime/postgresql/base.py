"""PostgreSQL engine 値の束縛: Django's PostgreSQL backend whose server-side binding takes any number of values.

The protocol carries at most 65,535 values with a statement. Where there are more, as for a large import, they are
written into its text, as Django does for every statement without server-side binding (decision 21).
"""

from typing import Any, Self

import psycopg
from django.db.backends.postgresql import base

MOST = 65_535


class UnlimitedValues:
    """A cursor with server-side binding that writes the values into the text where they are more than ``MOST``."""

    connection: psycopg.Connection[Any]

    def execute(self, query: Any, params: Any = None, **options: Any) -> Self:
        """Execute a statement; its values are bound by the server or, where they are too many, by this client."""
        if params is not None and len(params) > MOST:
            query, params = psycopg.ClientCursor(self.connection).mogrify(query, params), None
        return super().execute(query, params, **options)  # type: ignore[misc,no-any-return] # of the cursor beside


class Cursor(UnlimitedValues, base.ServerBindingCursor):
    """The cursor of a statement."""


class NamedCursor(UnlimitedValues, psycopg.ServerCursor[Any]):
    """The cursor of a query that is read piece by piece."""


class DatabaseWrapper(base.DatabaseWrapper):
    """Connection to PostgreSQL."""

    def get_new_connection(self, conn_params: dict[str, Any]) -> Any:
        connection: Any = super().get_new_connection(conn_params)
        if connection.cursor_factory is base.ServerBindingCursor:
            connection.cursor_factory, connection.server_cursor_factory = Cursor, NamedCursor
        return connection
