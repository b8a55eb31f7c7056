"""Closed-list triggers 締切の見張り: once a lottery is closed, the database refuses to touch its items and entries.

On PostgreSQL an entry holds a share lock on its lottery, so that closing waits for it or refuses it: no entry that was
acknowledged is missing from the list.
"""

from collections.abc import Iterator

from django.db.backends.base.base import BaseDatabaseWrapper

from todoke.runtime.database.ddl import execute_all

LISTS, NAME = ("bookings_lotteryentry", "bookings_lotteryitem"), "closed_list"
_ACTS = ("INSERT", "UPDATE", "DELETE")


def install(connection: BaseDatabaseWrapper) -> None:
    """Install the triggers; idempotent."""
    execute_all(connection, _sqlite() if connection.vendor == "sqlite" else _postgresql())


def uninstall(connection: BaseDatabaseWrapper) -> None:
    """Remove the triggers, for a reversed migration and between tests."""
    for table in LISTS:
        if connection.vendor == "sqlite":
            execute_all(connection, (f"DROP TRIGGER IF EXISTS {table}_{NAME}_{act.lower()}" for act in _ACTS))
        else:
            execute_all(connection, [f"DROP TRIGGER IF EXISTS {table}_{NAME} ON {table}"])


def are_installed(connection: BaseDatabaseWrapper) -> bool:
    """Whether every trigger is there."""
    question, count = "SELECT COUNT(*) FROM pg_trigger WHERE tgenabled = 'O' AND tgname LIKE %s", len(LISTS)
    if connection.vendor == "sqlite":
        question, count = "SELECT COUNT(*) FROM sqlite_master WHERE type = 'trigger' AND name LIKE %s", 3 * len(LISTS)
    with connection.cursor() as cursor:
        cursor.execute(question, [f"bookings_lottery%_{NAME}%"])
        return bool(cursor.fetchone()[0] == count)


def _sqlite() -> Iterator[str]:
    rows = {"INSERT": "NEW.lottery_id", "UPDATE": "NEW.lottery_id, OLD.lottery_id", "DELETE": "OLD.lottery_id"}
    for table in LISTS:
        for act, lotteries in rows.items():
            yield (
                f"CREATE TRIGGER IF NOT EXISTS {table}_{NAME}_{act.lower()} BEFORE {act} ON {table} WHEN EXISTS "  # noqa: S608
                f"(SELECT 1 FROM bookings_lottery WHERE id IN ({lotteries}) AND closed_at IS NOT NULL) "
                f"BEGIN SELECT RAISE(ABORT, '{NAME}'); END"
            )


def _postgresql() -> Iterator[str]:
    lotteries = "(COALESCE(OLD.lottery_id, NEW.lottery_id), COALESCE(NEW.lottery_id, OLD.lottery_id))"
    yield (
        f"CREATE OR REPLACE FUNCTION bookings_{NAME}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "  # noqa: S608
        f"PERFORM 1 FROM bookings_lottery WHERE id IN {lotteries} FOR SHARE; "
        f"IF EXISTS (SELECT 1 FROM bookings_lottery WHERE id IN {lotteries} AND closed_at IS NOT NULL) "
        f"THEN RAISE EXCEPTION '{NAME}' USING ERRCODE = 'check_violation'; END IF; RETURN COALESCE(NEW, OLD); "
        "END $$"
    )
    for table in LISTS:
        yield (
            f"CREATE OR REPLACE TRIGGER {table}_{NAME} BEFORE INSERT OR UPDATE OR DELETE ON {table} "
            f"FOR EACH ROW EXECUTE FUNCTION bookings_{NAME}()"
        )
