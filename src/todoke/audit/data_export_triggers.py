"""Triggers 見張り: the database refuses to update, delete or truncate the record of what was taken away."""

from django.db.backends.base.base import BaseDatabaseWrapper

_TABLE, _MESSAGE = "audit_dataexport", "data exports are append-only"
_INSTALLATION = {
    "sqlite": [
        f"CREATE TRIGGER IF NOT EXISTS {_TABLE}_no_{act.lower()} BEFORE {act} ON {_TABLE} "
        f"BEGIN SELECT RAISE(ABORT, '{_MESSAGE}'); END"
        for act in ("UPDATE", "DELETE")
    ],
    "postgresql": [
        f"CREATE OR REPLACE FUNCTION {_TABLE}_refuse() RETURNS trigger LANGUAGE plpgsql AS "
        f"$$ BEGIN RAISE EXCEPTION '{_MESSAGE}'; END $$",
        f"CREATE OR REPLACE TRIGGER {_TABLE}_append_only BEFORE UPDATE OR DELETE ON {_TABLE} "
        f"FOR EACH ROW EXECUTE FUNCTION {_TABLE}_refuse()",
        f"CREATE OR REPLACE TRIGGER {_TABLE}_no_truncate BEFORE TRUNCATE ON {_TABLE} "
        f"FOR EACH STATEMENT EXECUTE FUNCTION {_TABLE}_refuse()",
    ],
}
_NAMES = {"sqlite": ("no_update", "no_delete"), "postgresql": ("append_only", "no_truncate")}
_INSTALLED = {
    "sqlite": "SELECT COUNT(*) FROM sqlite_master WHERE type = 'trigger' AND name LIKE 'audit_dataexport_no_%'",
    "postgresql": "SELECT COUNT(*) FROM pg_trigger WHERE tgrelid = 'audit_dataexport'::regclass AND tgenabled = 'O' "
    "AND tgname IN ('audit_dataexport_append_only', 'audit_dataexport_no_truncate')",
}


def install(connection: BaseDatabaseWrapper) -> None:
    """Install the triggers; idempotent."""
    _execute(connection, _INSTALLATION[connection.vendor])


def uninstall(connection: BaseDatabaseWrapper) -> None:
    """Remove the triggers, for a reversed migration."""
    on = "" if connection.vendor == "sqlite" else f" ON {_TABLE}"
    _execute(connection, [f"DROP TRIGGER IF EXISTS {_TABLE}_{name}{on}" for name in _NAMES[connection.vendor]])


def are_installed(connection: BaseDatabaseWrapper) -> bool:
    """Whether every trigger is there and switched on."""
    with connection.cursor() as cursor:
        cursor.execute(_INSTALLED[connection.vendor])
        return bool(cursor.fetchone()[0] == 2)


def _execute(connection: BaseDatabaseWrapper, statements: list[str]) -> None:
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)
