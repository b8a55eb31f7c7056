"""The database itself refuses to rewrite history."""

import pytest
from django.db import DatabaseError, connection, transaction

from todoke.accounts.actors import Guest
from todoke.audit import log

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    "statement", ["UPDATE audit_entry SET act = 'すり替え' WHERE sequence = 1", "DELETE FROM audit_entry"]
)
def test_a_person_with_the_database_password_cannot_rewrite_an_entry(statement: str) -> None:
    log.record("case/1", "受付", by=Guest())
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)
