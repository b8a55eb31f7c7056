"""Vocabulary triggers さがす言葉の版: each change of a word, however it is made, gives the vocabulary a new version."""

from django.db.backends.base.base import BaseDatabaseWrapper

from todoke.runtime.database.ddl import execute_all

TABLES = ("guidance_synonym", "guidance_plainname", "guidance_referral")
_NEW = (
    "INSERT INTO guidance_vocabularyversion (id, version) VALUES (1, {random}) "
    "ON CONFLICT (id) DO UPDATE SET version = excluded.version;"
)
_FUNCTION = "guidance_vocabulary_changed"


def install(connection: BaseDatabaseWrapper) -> None:
    """Install the triggers; idempotent."""
    made = _sqlite if connection.vendor == "sqlite" else _postgresql
    execute_all(connection, made())


def uninstall(connection: BaseDatabaseWrapper) -> None:
    """Remove the triggers, for a reversed migration."""
    if connection.vendor == "sqlite":
        execute_all(connection, [f"DROP TRIGGER IF EXISTS {name}" for name, _, _ in _by_act()])
    else:
        execute_all(connection, [f"DROP FUNCTION IF EXISTS {_FUNCTION}() CASCADE"])


def _by_act() -> list[tuple[str, str, str]]:
    return [(f"{table}_{act.lower()}", act, table) for table in TABLES for act in ("INSERT", "UPDATE", "DELETE")]


def _sqlite() -> list[str]:
    new = f"BEGIN {_NEW.format(random='lower(hex(randomblob(16)))')} END"
    return [f"CREATE TRIGGER IF NOT EXISTS {name} AFTER {act} ON {table} {new}" for name, act, table in _by_act()]


def _postgresql() -> list[str]:
    new = f"BEGIN {_NEW.format(random='md5(gen_random_uuid()::text)')} RETURN NULL; END"
    acts = f"AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON %s FOR EACH STATEMENT EXECUTE FUNCTION {_FUNCTION}()"
    return [
        f"CREATE OR REPLACE FUNCTION {_FUNCTION}() RETURNS trigger LANGUAGE plpgsql AS $$ {new} $$",
        *(f"CREATE OR REPLACE TRIGGER {table}_changed {acts % table}" for table in TABLES),
    ]
