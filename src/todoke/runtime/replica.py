"""Replica 待機: the database of read-only mode, a PostgreSQL standby or the newest copy of the SQLite file.

Its connection cannot write: PostgreSQL gets a read-only session (and, as the how-to says, a role that may only read),
SQLite opens the file read-only with ``query_only``.
"""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from copy import deepcopy
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from django.conf import settings
from django.db import DEFAULT_DB_ALIAS, connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.utils import load_backend
from django.utils import timezone

READ_ONLY = "-c default_transaction_read_only=on"
REPLAYED = "SELECT CASE WHEN pg_is_in_recovery() THEN pg_last_xact_replay_timestamp() ELSE now() END"
_local = threading.local()


def copy_path() -> Path:
    """Return the path of the copy of a SQLite database."""
    return Path(settings.VAR) / "standby" / "todoke.sqlite3"


def _settings() -> dict[str, Any]:
    found: dict[str, Any] = deepcopy(connections.settings[DEFAULT_DB_ALIAS])
    if found["ENGINE"].endswith("sqlite"):
        source = copy_path() if copy_path().exists() else Path(str(found["NAME"]))
        found["NAME"] = f"file:{source}?mode=ro"
        found["OPTIONS"] = {"uri": True, "timeout": 5, "init_command": "PRAGMA query_only=ON;"}
        found["CONN_MAX_AGE"] = 0
        return found
    if settings.STANDBY:
        parts = urlsplit(settings.STANDBY)
        place = {"NAME": parts.path.lstrip("/"), "USER": parts.username, "PASSWORD": parts.password}
        place |= {"HOST": parts.hostname, "PORT": str(parts.port or "")}
        found |= {name: unquote(str(value or "")) for name, value in place.items()}
    options = found["OPTIONS"].get("options", "")
    found["OPTIONS"] = {**found["OPTIONS"], "options": f"{options} {READ_ONLY}".strip()}
    return found


def _connection() -> BaseDatabaseWrapper:
    wrapper: BaseDatabaseWrapper | None = getattr(_local, "wrapper", None)
    if wrapper is None:
        chosen = _settings()
        wrapper = load_backend(chosen["ENGINE"]).DatabaseWrapper(chosen, DEFAULT_DB_ALIAS)
        _local.wrapper = wrapper
    wrapper.close_if_unusable_or_obsolete()
    return wrapper


@contextmanager
def use_replica() -> Iterator[BaseDatabaseWrapper]:
    """Use the replica as default database of this thread inside the block. Raises OperationalError when it is down."""
    usual, standby = connections[DEFAULT_DB_ALIAS], _connection()
    standby.ensure_connection()
    connections[DEFAULT_DB_ALIAS] = standby
    try:
        yield standby
    finally:
        connections[DEFAULT_DB_ALIAS] = usual
        if standby.vendor == "sqlite":
            standby.close()
            _local.wrapper = None


def data_as_of(standby: BaseDatabaseWrapper) -> datetime:
    """Return the time of the newest data of the replica."""
    if standby.vendor == "sqlite":
        copy = copy_path()
        if not copy.exists():
            return timezone.now()
        return datetime.fromtimestamp(copy.stat().st_mtime, UTC)
    with standby.cursor() as cursor:
        cursor.execute(REPLAYED)
        found = cursor.fetchone()[0]
    return found if isinstance(found, datetime) else timezone.now()
