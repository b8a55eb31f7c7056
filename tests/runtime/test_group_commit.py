"""Whoever writes to SQLite goes on only when the disk has it; those who come together share a flush."""

import threading
from pathlib import Path
from typing import Any

import pytest
from django.db import OperationalError, connections
from django.db.utils import load_backend

from todoke.runtime.sqlite.base import write_queue
from todoke.runtime.sqlite.group_commit import GroupCommit

pytestmark = pytest.mark.django_db
PATIENCE = 60.0


def connection(path: Path, level: str = "FULL", log: str = "WAL") -> Any:
    """A connection of its own, as each thread of a server has one."""
    chosen = connections.configure_settings({"default": {"ENGINE": "todoke.runtime.sqlite", "NAME": str(path)}})
    begin = f"PRAGMA journal_mode={log}; PRAGMA synchronous={level};"
    chosen["default"]["OPTIONS"] = {"transaction_mode": "IMMEDIATE", "timeout": PATIENCE, "init_command": begin}
    return load_backend("todoke.runtime.sqlite").DatabaseWrapper(chosen["default"], "default")


def transact(database: Any, *statements: str) -> None:
    database.set_autocommit(False, force_begin_transaction_with_broken_autocommit=True)
    for statement in statements:
        database.cursor().execute(statement)
    database.commit()
    database.set_autocommit(True)


def level(database: Any) -> int:
    return int(database.cursor().execute("PRAGMA synchronous").fetchone()[0])


@pytest.fixture
def flushed(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The logs that were flushed, in order."""
    seen: list[str] = []
    flush = GroupCommit.flush_log

    def noted(commits: GroupCommit) -> None:
        flush(commits)
        seen.append(Path(commits.log).name)

    monkeypatch.setattr(GroupCommit, "flush_log", noted)
    return seen


@pytest.mark.parametrize(
    ("statement", "times"),
    [("INSERT INTO notes VALUES ('a')", 1), ("CREATE TABLE more (words TEXT)", 1), ("SELECT * FROM notes", 0)],
)
def test_a_transaction_is_flushed_when_it_wrote(tmp_path: Path, flushed: list[str], statement: str, times: int) -> None:
    database = connection(tmp_path / "ward")
    database.cursor().execute("CREATE TABLE notes (words TEXT)")
    assert flushed == []
    transact(database, statement)
    assert flushed == ["ward-wal"] * times
    database.close()


def test_outside_a_transaction_sqlite_flushes_by_itself(tmp_path: Path) -> None:
    database, during = connection(tmp_path / "ward"), []
    database.ensure_connection()
    assert level(database) == 2
    database.set_autocommit(False, force_begin_transaction_with_broken_autocommit=True)
    during.append(level(database))
    database.rollback()
    assert (during, level(database)) == ([1], 2)
    transact(database, "CREATE TABLE notes (words TEXT)")
    assert level(database) == 2
    database.close()


@pytest.mark.parametrize(("chosen", "log"), [("NORMAL", "WAL"), ("EXTRA", "WAL"), ("FULL", "DELETE")])
def test_another_level_is_left_to_sqlite(tmp_path: Path, flushed: list[str], chosen: str, log: str) -> None:
    database = connection(tmp_path / "ward", chosen, log)
    database.ensure_connection()
    before = level(database)
    transact(database, "CREATE TABLE notes (words TEXT)")
    assert (flushed, level(database)) == ([], before)
    database.close()


def test_two_who_commit_during_a_flush_share_the_next_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first = connection(tmp_path / "ward")
    first.cursor().execute("CREATE TABLE notes (words TEXT)")
    flushing, release, times = threading.Event(), threading.Event(), []

    def slowly(commits: GroupCommit) -> None:
        times.append(commits.committed)
        flushing.set()
        assert release.wait(PATIENCE)

    monkeypatch.setattr(GroupCommit, "flush_log", slowly)
    done: list[str] = []

    def write(words: str) -> None:
        database = connection(tmp_path / "ward")
        transact(database, f"INSERT INTO notes VALUES ('{words}')")
        done.append(words)
        database.close()

    people = [threading.Thread(target=write, args=(words,)) for words in ("a", "b", "c")]
    people[0].start()
    assert flushing.wait(PATIENCE)
    for one in people[1:]:
        one.start()
    commits, waited = write_queue(str(tmp_path / "ward")).commits, threading.Event()
    while commits.committed < 3:
        waited.wait(0.01)
    assert done == []
    release.set()
    for one in people:
        one.join()
    assert (times, sorted(done)) == ([1, 3], ["a", "b", "c"])
    first.close()


def test_after_a_failed_flush_nobody_is_told_that_the_disk_has_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    database = connection(tmp_path / "ward")
    database.cursor().execute("CREATE TABLE notes (words TEXT)")

    def refuse(commits: GroupCommit) -> None:
        raise OSError(5, "Input/output error")

    with monkeypatch.context() as broken:
        broken.setattr(GroupCommit, "flush_log", refuse)
        with pytest.raises(OperationalError, match="disk I/O error"):
            transact(database, "INSERT INTO notes VALUES ('a')")
    database.set_autocommit(True)
    with pytest.raises(OperationalError, match="disk I/O error"):
        transact(database, "INSERT INTO notes VALUES ('b')")
    database.close()
