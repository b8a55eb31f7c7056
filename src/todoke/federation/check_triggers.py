"""Triggers 見張り: the database refuses to change a stored identity check."""

from django.db.backends.base.base import BaseDatabaseWrapper

from todoke.runtime.database.ddl import execute_all

_TABLE, _MESSAGE = "federation_identitycheck", "identity checks are never changed"
_INSTALLATION = {
    "sqlite": [
        f"CREATE TRIGGER IF NOT EXISTS {_TABLE}_frozen BEFORE UPDATE ON {_TABLE} "
        f"BEGIN SELECT RAISE(ABORT, '{_MESSAGE}'); END"
    ],
    "postgresql": [
        f"CREATE OR REPLACE FUNCTION {_TABLE}_refuse() RETURNS trigger LANGUAGE plpgsql AS "
        f"$$ BEGIN RAISE EXCEPTION '{_MESSAGE}'; END $$",
        f"CREATE OR REPLACE TRIGGER {_TABLE}_frozen BEFORE UPDATE ON {_TABLE} "
        f"FOR EACH ROW EXECUTE FUNCTION {_TABLE}_refuse()",
    ],
}
_REMOVAL = {
    "sqlite": [f"DROP TRIGGER IF EXISTS {_TABLE}_frozen"],
    "postgresql": [f"DROP TRIGGER IF EXISTS {_TABLE}_frozen ON {_TABLE}"],
}


def install(connection: BaseDatabaseWrapper) -> None:
    """Install the trigger; idempotent."""
    execute_all(connection, _INSTALLATION[connection.vendor])


def uninstall(connection: BaseDatabaseWrapper) -> None:
    """Remove the trigger, for a reversed migration."""
    execute_all(connection, _REMOVAL[connection.vendor])
