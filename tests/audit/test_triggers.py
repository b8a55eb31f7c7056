"""The database itself refuses to rewrite history."""

import pytest
from django.db import DatabaseError, connection, transaction

from tests import cast
from todoke.accounts.actors import Guest
from todoke.audit import log
from todoke.audit.data_exports import Export, record_export

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE audit_entry SET act = 'すり替え' WHERE sequence = 1", "DELETE FROM audit_entry",
        "UPDATE audit_dataexport SET persons = 1", "DELETE FROM audit_dataexport",
    ],
)  # fmt: skip
def test_a_person_with_the_database_password_cannot_rewrite_an_entry(statement: str) -> None:
    log.record("case/1", "受付", by=Guest())
    record_export(Export("案件一覧", "案件一覧.csv", 3, persons=3, reason="統計"), by=cast.clerk())
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)
