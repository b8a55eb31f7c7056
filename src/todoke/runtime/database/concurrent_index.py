"""Concurrent index 並行に作る索引: an index built beside the work of a large table (PostgreSQL)."""

from typing import Any

from django.db.migrations.operations import AddIndex


class AddIndexConcurrently(AddIndex):
    """Add an index without keeping writers of the table waiting; its migration has ``atomic = False``.

    On SQLite, which has one writer anyway, it is Django's own ``AddIndex``.
    """

    atomic = False

    def describe(self) -> str:
        return f"Concurrently {super().describe()}"

    def database_forwards(self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any) -> None:
        if schema_editor.connection.vendor != "postgresql":
            super().database_forwards(app_label, schema_editor, from_state, to_state)
            return
        model = to_state.apps.get_model(app_label, self.model_name)
        if self.allow_migrate_model(schema_editor.connection.alias, model):
            schema_editor.add_index(model, self.index, concurrently=True)
