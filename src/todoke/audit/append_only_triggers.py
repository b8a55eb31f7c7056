"""Append-only triggers 見張り: the database refuses to update, delete or truncate the rows of a table."""

from dataclasses import dataclass

from django.db.backends.base.base import BaseDatabaseWrapper

from todoke.runtime.database.ddl import execute_all

_NAMES = {"sqlite": ("no_update", "no_delete"), "postgresql": ("append_only", "no_truncate")}
_INSTALLED = {
    "sqlite": "SELECT COUNT(*) FROM sqlite_master WHERE type = 'trigger' AND tbl_name = %s AND name IN (%s, %s)",
    "postgresql": "SELECT COUNT(*) FROM pg_trigger WHERE tgrelid = %s::regclass AND tgenabled = 'O' "
    "AND tgname IN (%s, %s)",
}


@dataclass(frozen=True)
class AppendOnlyTriggers:
    """The triggers of one table, and what the database says when it refuses."""

    table: str
    message: str

    def install(self, connection: BaseDatabaseWrapper) -> None:
        """Install the triggers; idempotent."""
        execute_all(connection, self._sqlite() if connection.vendor == "sqlite" else self._postgresql())

    def uninstall(self, connection: BaseDatabaseWrapper) -> None:
        """Remove the triggers, for a reversed migration."""
        on = "" if connection.vendor == "sqlite" else f" ON {self.table}"
        execute_all(connection, (f"DROP TRIGGER IF EXISTS {name}{on}" for name in self._names(connection)))

    def are_installed(self, connection: BaseDatabaseWrapper) -> bool:
        """Whether every trigger is there and switched on."""
        with connection.cursor() as cursor:
            cursor.execute(_INSTALLED[connection.vendor], [self.table, *self._names(connection)])
            return bool(cursor.fetchone()[0] == 2)

    def _names(self, connection: BaseDatabaseWrapper) -> list[str]:
        return [f"{self.table}_{name}" for name in _NAMES[connection.vendor]]

    def _sqlite(self) -> list[str]:
        return [
            f"CREATE TRIGGER IF NOT EXISTS {self.table}_no_{act.lower()} BEFORE {act} ON {self.table} "
            f"BEGIN SELECT RAISE(ABORT, '{self.message}'); END"
            for act in ("UPDATE", "DELETE")
        ]

    def _postgresql(self) -> list[str]:
        return [
            f"CREATE OR REPLACE FUNCTION {self.table}_refuse() RETURNS trigger LANGUAGE plpgsql AS "
            f"$$ BEGIN RAISE EXCEPTION '{self.message}'; END $$",
            f"CREATE OR REPLACE TRIGGER {self.table}_append_only BEFORE UPDATE OR DELETE ON {self.table} "
            f"FOR EACH ROW EXECUTE FUNCTION {self.table}_refuse()",
            f"CREATE OR REPLACE TRIGGER {self.table}_no_truncate BEFORE TRUNCATE ON {self.table} "
            f"FOR EACH STATEMENT EXECUTE FUNCTION {self.table}_refuse()",
        ]
