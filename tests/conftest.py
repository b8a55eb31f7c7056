"""What every test stands on."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as configured
from django.db import connection
from django.db.backends.sqlite3.base import DatabaseOperations

from todoke.audit.guard import drop_guard, raise_guard

SQLITE = configured.DATABASES["default"]["ENGINE"].endswith("sqlite3")


@pytest.fixture(autouse=True)
def _plain_settings(settings: Any, tmp_path: Path) -> None:
    """Files go to a folder of the test's own, mails to memory, and passwords are hashed cheaply."""
    settings.MEDIA_ROOT = tmp_path
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    settings.SECURE_SSL_REDIRECT = False
    settings.STAFF_SECOND_FACTOR = False


@pytest.fixture(autouse=True, scope="session")
def _rows_of_a_finished_test_may_go() -> Iterator[None]:
    """Emptying tables between tests is the one deletion that the guard of the audit lets pass."""
    flush = DatabaseOperations.execute_sql_flush

    def flush_unguarded(operations: DatabaseOperations, sql_list: list[str]) -> None:
        drop_guard(connection)
        flush(operations, sql_list)
        raise_guard(connection)

    with pytest.MonkeyPatch.context() as patch:
        if SQLITE:
            patch.setattr(DatabaseOperations, "execute_sql_flush", flush_unguarded)
        yield


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out, visibly as deselected, what the other runs of ``./todoke test`` run."""
    chosen = config.getoption("-m")
    left = [
        item
        for item in items
        if (SQLITE and item.get_closest_marker("postgresql"))
        or ("browser" not in chosen and item.get_closest_marker("browser"))
    ]
    if left:
        config.hook.pytest_deselected(items=left)
        items[:] = [item for item in items if item not in left]


def pytest_report_header() -> str:
    return f"database: {'SQLite' if SQLITE else 'PostgreSQL'}"
