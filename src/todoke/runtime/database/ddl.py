"""DDL データ定義: statements of triggers and rules as they stand, without parameters."""

from collections.abc import Iterable

from django.db.backends.base.base import BaseDatabaseWrapper


def execute_all(connection: BaseDatabaseWrapper, statements: Iterable[str]) -> None:
    """Execute statements in their order; a per cent sign means itself."""
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)
