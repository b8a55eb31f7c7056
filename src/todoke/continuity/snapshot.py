"""Snapshots 断面: a consistent dump of the whole database, taken without downtime."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

from django.conf import settings
from django.db import connection
from django.db.backends.sqlite3.base import DatabaseWrapper

from todoke.continuity import pg_tools
from todoke.runtime.database.direct_connection import UNLIMITED, direct_settings

PAGES_AT_ONCE = 20_000
FILES_OF_ROWS = """
    SELECT path, sha256 FROM formbuilder_upload WHERE removed_at IS NULL
    UNION ALL SELECT file, sha256 FROM cases_letter WHERE made_at IS NOT NULL
"""
COUNTS = {
    "案件": "SELECT COUNT(*) FROM cases_case",
    "回答": "SELECT COUNT(*) FROM formbuilder_answer",
    "監査記録": "SELECT COUNT(*) FROM audit_entry",
}


class Cursor(Protocol):
    """The common interface of SQLite's and psycopg's cursors."""

    def execute(self, query: Any, /) -> Any: ...
    def fetchall(self) -> list[Any]: ...


@dataclass(frozen=True)
class SnapshotContents:
    """The files with hashes that rows of a dump name, and the numbers of its rows (断面の中身)."""

    files: dict[str, str]
    counts: dict[str, int]


def _read(cursor: Cursor) -> SnapshotContents:
    cursor.execute(FILES_OF_ROWS)
    files = {str(path): str(sha256) for path, sha256 in cursor.fetchall()}
    counts = {}
    for name, question in COUNTS.items():
        cursor.execute(question)
        counts[name] = int(cursor.fetchall()[0][0])
    return SnapshotContents(files, counts)


def read_sqlite(path: Path) -> SnapshotContents:
    """Return the contents of a SQLite dump."""
    with closing(sqlite3.connect(path)) as database:
        return _read(database.cursor())


def dump(path: Path) -> SnapshotContents:
    """Write the database of this installation into one file; return its contents.

    Raises ProgramFailed, DirectAddressMissing.
    """
    return _dump_sqlite(path) if connection.vendor == "sqlite" else _dump_postgresql(path)


def _dump_sqlite(path: Path) -> SnapshotContents:
    name = str(connection.settings_dict["NAME"])
    live = sqlite3.connect(name, uri=name.startswith("file:"), timeout=60)
    with closing(live), closing(sqlite3.connect(path)) as copy:
        live.backup(copy, pages=PAGES_AT_ONCE)
        copy.execute("PRAGMA journal_mode=DELETE")
    return read_sqlite(path)


@contextmanager
def _exported() -> Iterator[tuple[str, Cursor]]:
    """Hold a repeatable-read transaction open; yield the snapshot name for pg_dump, and a cursor.

    Its session waits as long as pg_dump works, so no limit for idle transactions holds in it.
    """
    import psycopg  # noqa: PLC0415 - 8 MB of every process on SQLite

    chosen = direct_settings()
    place = {"dbname": chosen["NAME"], "user": chosen["USER"], "password": chosen["PASSWORD"], "options": UNLIMITED}
    address = {**place, "host": chosen["HOST"], "port": chosen["PORT"]}
    with psycopg.connect(**{name: value for name, value in address.items() if value}) as held:
        held.isolation_level = psycopg.IsolationLevel.REPEATABLE_READ
        held.read_only = True
        with held.cursor() as cursor:
            cursor.execute("SELECT pg_export_snapshot()")
            yield str(cursor.fetchall()[0][0]), cursor


def _dump_postgresql(path: Path) -> SnapshotContents:
    with _exported() as (name, cursor):
        contents = _read(cursor)
        pg_tools.run("pg_dump", "--format=custom", "--compress=1", f"--snapshot={name}", f"--file={path}")
    return contents


def is_empty() -> bool:
    """Whether the database of this installation holds no data yet."""
    return not connection.introspection.table_names()


def load(path: Path, held: str) -> None:
    """Load a dump into the database, which must be empty. ``held`` is SQL that sets the send block.

    The block is set before the database can be used. Raises ProgramFailed, sqlite3.DatabaseError.
    """
    if connection.vendor == "sqlite":
        _load_sqlite(path, held)
    else:
        script = path.with_suffix(".sql")
        pg_tools.run("pg_restore", "--no-owner", "--no-acl", f"--file={script}", str(path))
        with script.open("a") as file:
            file.write(f"\nRESET search_path;\n{held};\n")
        pg_tools.run("psql", "--quiet", "--single-transaction", "--set=ON_ERROR_STOP=1", f"--file={script}")
        script.unlink()


def _load_sqlite(path: Path, held: str) -> None:
    chosen = {**connection.settings_dict, "NAME": str(path), "OPTIONS": {}}
    with closing(DatabaseWrapper(chosen, "restored")) as database, database.cursor() as cursor:
        cursor.execute("PRAGMA integrity_check")
        found = cursor.fetchone()[0]
        if found != "ok":
            raise sqlite3.DatabaseError(f"integrity_check: {found}")
        cursor.execute(held)
    connection.close()
    place = Path(str(settings.DATABASES["default"]["NAME"]))
    for rest in ("-wal", "-shm"):
        place.with_name(place.name + rest).unlink(missing_ok=True)
    path.replace(place)
