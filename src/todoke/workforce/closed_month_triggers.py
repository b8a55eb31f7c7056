"""Closed month triggers 締めの見張り: the database takes no clock event, order or leave of a month that is closed."""

from django.db.backends.base.base import BaseDatabaseWrapper

from todoke.audit.append_only_triggers import AppendOnlyTriggers
from todoke.runtime.database.ddl import execute_all

CLOCK = AppendOnlyTriggers("workforce_clockevent", "clock events are append-only")
_TABLES = {
    "workforce_clockevent": "INSERT", "workforce_overtimeorder": "INSERT OR UPDATE",
    "workforce_leaveday": "INSERT OR UPDATE",
}  # fmt: skip
_CLOSED = (
    "EXISTS (SELECT 1 FROM workforce_monthsheet WHERE user_id = NEW.user_id AND month = NEW.month "
    "AND status = 'closed')"
)
_SAID = "the month is closed"


def _sqlite(table: str, acts: str) -> list[str]:
    return [
        f"CREATE TRIGGER IF NOT EXISTS {table}_closed_{act.lower()} BEFORE {act} ON {table} WHEN {_CLOSED} "
        f"BEGIN SELECT RAISE(ABORT, '{_SAID}'); END"
        for act in acts.split(" OR ")
    ]


def _postgresql(table: str, acts: str) -> list[str]:
    return [
        f"CREATE OR REPLACE FUNCTION {table}_closed() RETURNS trigger LANGUAGE plpgsql AS "
        f"$$ BEGIN IF {_CLOSED} THEN RAISE EXCEPTION '{_SAID}' USING ERRCODE = '23514'; END IF; RETURN NEW; END $$",
        f"CREATE OR REPLACE TRIGGER {table}_closed BEFORE {acts} ON {table} "
        f"FOR EACH ROW EXECUTE FUNCTION {table}_closed()",
    ]


def install(connection: BaseDatabaseWrapper) -> None:
    """Install the triggers; idempotent."""
    CLOCK.install(connection)
    made = _sqlite if connection.vendor == "sqlite" else _postgresql
    execute_all(connection, (statement for table, acts in _TABLES.items() for statement in made(table, acts)))


def uninstall(connection: BaseDatabaseWrapper) -> None:
    """Remove the triggers, for a reversed migration and for a planted fault."""
    CLOCK.uninstall(connection)
    if connection.vendor == "sqlite":
        names = (f"{table}_closed_{act.lower()}" for table, acts in _TABLES.items() for act in acts.split(" OR "))
        execute_all(connection, (f"DROP TRIGGER IF EXISTS {name}" for name in names))
    else:
        execute_all(connection, (f"DROP TRIGGER IF EXISTS {table}_closed ON {table}" for table in _TABLES))
