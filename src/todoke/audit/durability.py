"""Durability 耐久性: checks that the database keeps every committed transaction over a crash."""

from django.core.exceptions import ImproperlyConfigured
from django.db import connection

_SQLITE = {"journal_mode": {"wal", "memory"}, "synchronous": {"2", "3"}}
_POSTGRESQL = {
    "fsync": {"on"},
    "synchronous_commit": {"on", "remote_write", "remote_apply"},
    "full_page_writes": {"on"},
}


def problems() -> list[str]:
    """Return the database settings, in Japanese, under which a committed transaction can be lost in a crash."""
    wanted = _SQLITE if connection.vendor == "sqlite" else _POSTGRESQL
    ask = "PRAGMA " if connection.vendor == "sqlite" else "SHOW "
    found = []
    with connection.cursor() as cursor:
        for name, allowed in wanted.items():
            cursor.execute(ask + name)
            value = str(cursor.fetchone()[0]).lower()
            if value not in allowed and not (name == "synchronous" and _flushes_commits()):
                found.append(f"{name} = {value}({' または '.join(sorted(allowed))} にしてください)")
    return found


def _flushes_commits() -> bool:
    """Tell whether this is a transaction that our engine of SQLite flushes after its commit."""
    return bool(getattr(connection, "flushes_commit", False))


def require() -> None:
    """Check the database settings at start. Raises ImproperlyConfigured with what to change."""
    if found := problems():
        raise ImproperlyConfigured(f"受け付けた申請を失うおそれがあるため、起動しません: {'、'.join(found)}")
