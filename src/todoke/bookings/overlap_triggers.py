"""Overlap triggers 重なりの見張り: the database itself refuses a second allocation of a part at the same time.

PostgreSQL by an exclusion constraint that needs no extension, SQLite by triggers. Django rebuilds a table of SQLite
when a column changes, and its triggers are gone: each later migration of the table calls ``install`` again.
"""

from django.db.backends.base.base import BaseDatabaseWrapper

from todoke.runtime.database.ddl import execute_all

TABLE, NAME = "bookings_allocation", "bookings_allocation_no_overlap"
_TAKEN = (
    "SELECT RAISE(ABORT, 'bookings_allocation_no_overlap') WHERE EXISTS (SELECT 1 FROM bookings_allocation "
    "WHERE part_id = NEW.part_id AND id <> NEW.id AND released_at IS NULL "
    "AND starts_at < NEW.ends_at AND ends_at > NEW.starts_at)"
)
_INSTALLED = {
    "sqlite": "SELECT COUNT(*) = 2 FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'bookings_allocation' "
    "AND name IN ('bookings_allocation_no_overlap_insert', 'bookings_allocation_no_overlap_update')",
    "postgresql": "SELECT COUNT(*) = 1 FROM pg_constraint WHERE conrelid = 'bookings_allocation'::regclass "
    "AND conname = 'bookings_allocation_no_overlap'",
}


def install(connection: BaseDatabaseWrapper) -> None:
    """Install the rule; idempotent."""
    if are_installed(connection):
        return
    uninstall(connection)
    if connection.vendor == "sqlite":
        execute_all(connection, (
            f"CREATE TRIGGER {NAME}_insert BEFORE INSERT ON {TABLE} WHEN NEW.released_at IS NULL "
            f"BEGIN {_TAKEN.replace('AND id <> NEW.id ', '')}; END",
            f"CREATE TRIGGER {NAME}_update BEFORE UPDATE ON {TABLE} WHEN NEW.released_at IS NULL BEGIN {_TAKEN}; END",
        ))  # fmt: skip
    else:
        execute_all(connection, [
            f"ALTER TABLE {TABLE} ADD CONSTRAINT {NAME} EXCLUDE USING gist (int8range(part_id, part_id, '[]') WITH &&, "
            "tstzrange(starts_at, ends_at) WITH &&) WHERE (released_at IS NULL)"
        ])  # fmt: skip


def uninstall(connection: BaseDatabaseWrapper) -> None:
    """Remove the rule, for a reversed migration and for the proof that it is missed."""
    if connection.vendor == "sqlite":
        execute_all(connection, (f"DROP TRIGGER IF EXISTS {NAME}_{act}" for act in ("insert", "update")))
    else:
        execute_all(connection, [f"ALTER TABLE {TABLE} DROP CONSTRAINT IF EXISTS {NAME}"])


def are_installed(connection: BaseDatabaseWrapper) -> bool:
    """Whether the database refuses overlapping allocations."""
    with connection.cursor() as cursor:
        cursor.execute(_INSTALLED[connection.vendor])
        return bool(cursor.fetchone()[0])
