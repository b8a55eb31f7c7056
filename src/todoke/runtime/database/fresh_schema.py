"""Tables of an empty database 空のデータベースの表: made from the newest models at once.

Replaying the whole history renders every model hundreds of times and takes minutes; an empty database has no row that
the history could change. So its tables are made at once, then the steps that are no change of a model (triggers,
indexes beside the models, shipped words) run in their order, and every migration is recorded as applied. A database
that holds any table is migrated as Django does; ``tests/runtime/test_fresh_schema.py`` compares both ways.
"""

from collections.abc import Iterator, Sequence

from django.db import connection
from django.db.migrations import Migration
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.operations import SeparateDatabaseAndState
from django.db.migrations.operations.base import Operation
from django.db.migrations.operations.fields import FieldOperation
from django.db.migrations.operations.models import IndexOperation, ModelOperation
from django.db.migrations.recorder import MigrationRecorder
from django.db.migrations.state import ProjectState, StateApps

SAID_BY_MODELS = (ModelOperation, FieldOperation, IndexOperation)
"""Operations whose outcome the newest models say; every other runs, unless it only changes rows (``elidable``)."""


def is_empty() -> bool:
    """Tell whether the database holds no table at all."""
    return not connection.introspection.table_names()


def build() -> None:
    """Make all tables of an empty database, run the steps beside the models, and record every migration."""
    executor = MigrationExecutor(connection)
    history = [migration for migration, _ in executor.migration_plan(executor.loader.graph.leaf_nodes(), True)]
    newest = executor.loader.project_state()
    _make_tables(newest.apps)
    for migration in history:
        _run_steps(migration, newest)
    recorder = MigrationRecorder(connection)
    recorder.ensure_schema()
    names = [name for each in history for name in (each.replaces or [(each.app_label, each.name)])]
    recorder.migration_qs.bulk_create(recorder.Migration(app=app, name=name) for app, name in names)
    executor.loader.build_graph()


def _make_tables(newest: StateApps) -> None:
    with connection.schema_editor(atomic=True) as editor:
        for model in newest.get_models():
            if model._meta.can_migrate(connection):
                editor.create_model(model)


def _run_steps(migration: Migration, newest: ProjectState) -> None:
    for step in _steps(migration.operations):
        with connection.schema_editor(atomic=migration.atomic) as editor:
            step.database_forwards(migration.app_label, editor, newest, newest)


def _steps(operations: Sequence[Operation]) -> Iterator[Operation]:
    """Return the operations that do what no model says, without those that only change rows."""
    for operation in operations:
        if isinstance(operation, SeparateDatabaseAndState):
            yield from _steps(operation.database_operations)
        elif not isinstance(operation, SAID_BY_MODELS) and not operation.elidable:
            yield operation
