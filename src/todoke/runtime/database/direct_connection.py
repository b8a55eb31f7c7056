"""Direct connection 直結: the database past the pooler and without time limits, for backup, restore and migration.

A pooler hands one server connection to many clients: what pg_dump sets for itself (an empty ``search_path``) would meet
the statements of residents. The limits that protect the pages (30 s a statement, 15 s idle in a transaction) would end
a dump or a migration in the middle.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from copy import deepcopy
from typing import Any

from django.conf import settings
from django.db import DEFAULT_DB_ALIAS, connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.utils import load_backend

UNLIMITED = (
    "-c statement_timeout=0 -c lock_timeout=0 -c idle_in_transaction_session_timeout=0 "
    "-c default_transaction_read_only=off -c TimeZone=UTC"
)
MISSING = (
    "PgBouncer を通した接続では、控えも移行もできません(TODOKE_POOLER=1)。"
    "主のデータベースのアドレスを TODOKE_DATABASE_DIRECT に書いてください"
    "(例: postgresql://todoke:合言葉@主:5432/todoke)。何も変えていません。"
)


class DirectAddressMissing(Exception):
    """A pooler is configured and no address past it (直結のアドレスがない)."""

    def __init__(self) -> None:
        super().__init__(MISSING)


def direct_settings() -> dict[str, Any]:
    """Return the settings of the database past the pooler, without time limits. Raises DirectAddressMissing."""
    found: dict[str, Any] = deepcopy(connections[DEFAULT_DB_ALIAS].settings_dict)
    if not found["ENGINE"].endswith("postgresql"):
        return found
    if settings.DIRECT_DATABASE is None and settings.POOLER:
        raise DirectAddressMissing
    found |= deepcopy(settings.DIRECT_DATABASE or {})
    found["OPTIONS"] = {**found["OPTIONS"], "options": UNLIMITED}
    return found


@contextmanager
def use_direct_connection() -> Iterator[BaseDatabaseWrapper]:
    """Use the direct connection as default database of this thread inside the block.

    The usual one stays on SQLite, and inside a transaction that is open already.

    Raises DirectAddressMissing, OperationalError when it is down.
    """
    usual, chosen = connections[DEFAULT_DB_ALIAS], direct_settings()
    is_direct = usual.settings_dict["OPTIONS"].get("options") == UNLIMITED
    if usual.vendor != "postgresql" or usual.in_atomic_block or is_direct:
        yield usual
        return
    usual.close()
    direct = load_backend(chosen["ENGINE"]).DatabaseWrapper(chosen, DEFAULT_DB_ALIAS)
    connections[DEFAULT_DB_ALIAS] = direct
    try:
        direct.ensure_connection()
        yield direct
    finally:
        direct.close()
        connections[DEFAULT_DB_ALIAS] = usual
