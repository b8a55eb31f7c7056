"""An index for a large table is built beside the work of the city, on PostgreSQL without keeping writers waiting."""

import pytest
from django.db import connection, models
from django.db.migrations.loader import MigrationLoader
from django.test.utils import CaptureQueriesContext

from todoke.jobs.models import Job
from todoke.runtime.database.concurrent_index import AddIndexConcurrently

pytestmark = pytest.mark.django_db(transaction=True)
INDEX = models.Index(fields=["failure"], name="jobs_beside")


def test_the_index_is_there_and_no_writer_had_to_wait() -> None:
    operation = AddIndexConcurrently("job", INDEX)
    before = MigrationLoader(connection).project_state()
    after = before.clone()
    operation.state_forwards("jobs", after)
    connection.disable_constraint_checking()
    with CaptureQueriesContext(connection) as asked, connection.schema_editor(atomic=False) as editor:
        operation.database_forwards("jobs", editor, before, after)
    said = [query["sql"] for query in asked if "jobs_beside" in query["sql"]]
    assert len(said) == 1
    assert ("CONCURRENTLY" in said[0]) is (connection.vendor == "postgresql")
    with connection.schema_editor() as editor:
        editor.remove_index(Job, INDEX)
    connection.enable_constraint_checking()
