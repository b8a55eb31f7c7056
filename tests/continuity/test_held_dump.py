"""A dump of a real city takes longer than the pages may wait, and never goes through the pooler."""

import io
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psycopg
import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from pytest_django import Settings

from tests.cast import continuity
from todoke.continuity import backup, restore, stream_encryption
from todoke.runtime.database.direct_connection import direct_settings, use_direct_connection

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.postgresql]
LIMITS = ("statement_timeout", "lock_timeout", "idle_in_transaction_session_timeout")
LIMIT, HELD = 0.4, 1.5


def session() -> "psycopg.Connection[Any]":
    """A session of its own, without limits."""
    chosen = connection.settings_dict
    options = " ".join(f"-c {limit}=0" for limit in LIMITS)
    place = f"host={chosen['HOST']} port={chosen['PORT']} user={chosen['USER']} dbname={chosen['NAME']}"
    return psycopg.connect(f"{place} options='{options}'", autocommit=True)


@contextmanager
def short_limits() -> Iterator[None]:
    """Every new session of this database is ended after a moment, as the role of a real one is after 15 seconds."""
    name = connection.settings_dict["NAME"]
    with session() as server:
        for limit in LIMITS:
            server.execute(f"ALTER DATABASE \"{name}\" SET {limit} = '{LIMIT}s'")
        try:
            yield
        finally:
            for limit in LIMITS:
                server.execute(f'ALTER DATABASE "{name}" RESET {limit}')


@contextmanager
def table_held() -> Iterator[None]:
    """A table is locked until the dump has waited for it, several times longer than any limit."""
    locked, over = threading.Event(), threading.Event()

    def hold() -> None:
        with session() as holder, holder.transaction():
            holder.execute("LOCK TABLE jobs_job IN ACCESS EXCLUSIVE MODE")
            locked.set()
            while not over.is_set() and not _waiting():
                time.sleep(0.05)
            time.sleep(HELD)

    holder = threading.Thread(target=hold)
    holder.start()
    locked.wait()
    try:
        yield
    finally:
        over.set()
        holder.join()


def _waiting() -> bool:
    with session() as look:
        return look.execute("SELECT count(*) FROM pg_locks WHERE NOT granted").fetchone() != (0,)


def test_a_dump_that_is_held_longer_than_every_limit_ends_well(tmp_path_factory: pytest.TempPathFactory) -> None:
    place = tmp_path_factory.mktemp("elsewhere")
    continuity.applied()
    repository = continuity.repository(place)
    with short_limits(), table_held():
        manifest = backup.create(repository)
    assert manifest.problems == []
    assert restore.verify(repository, manifest.stamp).counts == manifest.counts


def test_behind_a_pooler_nothing_is_dumped_or_migrated_without_an_address_past_it(
    settings: Settings, tmp_path: Path
) -> None:
    settings.POOLER = True
    stream_encryption.make_key(tmp_path / "key")
    for words in (("backup", str(tmp_path / "vault"), "--key-file", str(tmp_path / "key")), ("migrate",)):
        with pytest.raises(CommandError, match="TODOKE_DATABASE_DIRECT"):
            call_command(*words, stdout=io.StringIO())
    assert not (tmp_path / "vault" / "backups").exists()


def test_with_an_address_past_the_pooler_it_is_used_and_has_no_limit(settings: Settings) -> None:
    settings.POOLER = True
    settings.DIRECT_DATABASE = {**connection.settings_dict, "CONN_MAX_AGE": 77}
    assert direct_settings()["CONN_MAX_AGE"] == 77
    with use_direct_connection() as direct, direct.cursor() as cursor:
        assert connection.settings_dict["CONN_MAX_AGE"] == 77
        for limit in LIMITS:
            cursor.execute(f"SHOW {limit}")
            assert cursor.fetchone()[0] == "0"
    assert connection.settings_dict["CONN_MAX_AGE"] != 77
