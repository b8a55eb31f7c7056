"""``./todoke migrate``: Django's command, which also records the build that the database fits (版の記録)."""

from typing import Any

from django.core.management.base import CommandError
from django.core.management.commands import migrate
from django.db import DEFAULT_DB_ALIAS, connection
from django.db.migrations.executor import MigrationExecutor

from todoke.runtime.build_identity import difference
from todoke.runtime.database import fresh_schema
from todoke.runtime.database.direct_connection import DirectAddressMissing, use_direct_connection
from todoke.runtime.database.migration_state import fewer_models_rendered
from todoke.runtime.database.schema_upgrade import announce, complete
from todoke.runtime.models import InstalledBuild


class Command(migrate.Command):
    def handle(self, *args: Any, **options: Any) -> None:
        """Announce this build, so that servers of another one stop; migrate; complete the record if nothing waits."""
        try:
            with use_direct_connection(), fewer_models_rendered():
                self._migrate(*args, **options)
        except DirectAddressMissing as missing:
            raise CommandError(str(missing)) from missing

    def _migrate(self, *args: Any, **options: Any) -> None:
        if options["plan"] or options["check_unapplied"] or options["database"] != DEFAULT_DB_ALIAS:
            super().handle(*args, **options)
            return
        if InstalledBuild._meta.db_table in connection.introspection.table_names() and (_plan() or difference()):
            announce()
        if not options["app_label"] and not options["fake"] and fresh_schema.is_empty():
            fresh_schema.build()
        super().handle(*args, **options)
        if difference() and not _plan():
            complete()


def _plan() -> list[Any]:
    executor = MigrationExecutor(connection)
    return executor.migration_plan(executor.loader.graph.leaf_nodes())
