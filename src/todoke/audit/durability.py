"""Durability 耐久性: an answer may say 「受け付けました」 only where the database keeps what it acknowledged."""

from django.core.exceptions import ImproperlyConfigured
from django.db import connection

_SQLITE = {"journal_mode": {"wal", "memory"}, "synchronous": {"2", "3"}}
_POSTGRESQL = {
    "fsync": {"on"},
    "synchronous_commit": {"on", "remote_write", "remote_apply"},
    "full_page_writes": {"on"},
}


def problems() -> list[str]:
    """Name every database setting that would let an acknowledged application be lost in a crash."""
    wanted = _SQLITE if connection.vendor == "sqlite" else _POSTGRESQL
    ask = "PRAGMA " if connection.vendor == "sqlite" else "SHOW "
    found = []
    with connection.cursor() as cursor:
        for name, allowed in wanted.items():
            cursor.execute(ask + name)
            value = str(cursor.fetchone()[0]).lower()
            if value not in allowed:
                found.append(f"{name} = {value}({' または '.join(sorted(allowed))} にしてください)")
    return found


def require() -> None:
    """Refuse to start on a database that may forget. Raises ImproperlyConfigured with what to change."""
    if found := problems():
        raise ImproperlyConfigured(f"受け付けた申請を失うおそれがあるため、起動しません: {'、'.join(found)}")
