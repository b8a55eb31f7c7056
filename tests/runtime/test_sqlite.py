"""Those who write to SQLite at the same time take turns."""

import subprocess
import sys
import threading
from pathlib import Path
from typing import Any

import pytest
from django.db import OperationalError, connections
from django.db.utils import load_backend

pytestmark = pytest.mark.django_db
PATIENCE = 60.0
HOLD = """
import fcntl, os, sys, time
file = os.open(sys.argv[1], os.O_RDWR | os.O_CREAT)
fcntl.lockf(file, fcntl.LOCK_EX)
print("held", flush=True)
time.sleep(60)
"""


def connection(path: Path, within: float = 5) -> Any:
    """A connection of its own, as each thread of a server has one."""
    chosen = connections.configure_settings({"default": {"ENGINE": "todoke.runtime.sqlite", "NAME": str(path)}})
    chosen["default"]["OPTIONS"] = {"transaction_mode": "IMMEDIATE", "timeout": within}
    return load_backend("todoke.runtime.sqlite").DatabaseWrapper(chosen["default"], "default")


def begin(database: Any) -> None:
    database.set_autocommit(False, force_begin_transaction_with_broken_autocommit=True)


def test_the_next_writer_begins_when_the_first_one_commits(tmp_path: Path) -> None:
    first, began = connection(tmp_path / "ward"), threading.Event()
    first.cursor().execute("CREATE TABLE notes (words TEXT)")
    begin(first)

    def write() -> None:
        second = connection(tmp_path / "ward", within=PATIENCE)
        begin(second)
        began.set()
        second.cursor().execute("INSERT INTO notes VALUES ('second')")
        second.commit()
        second.close()

    other = threading.Thread(target=write)
    other.start()
    assert not began.wait(0.2)
    first.cursor().execute("INSERT INTO notes VALUES ('first')")
    first.commit()
    assert began.wait(PATIENCE)
    other.join()
    assert first.cursor().execute("SELECT words FROM notes").fetchall() == [("first",), ("second",)]
    first.close()


@pytest.mark.parametrize("leave", ["rollback", "close"])
def test_a_writer_who_gives_up_holds_nobody_back(tmp_path: Path, leave: str) -> None:
    first, second = connection(tmp_path / "ward"), connection(tmp_path / "ward", within=0.2)
    second.cursor().execute("CREATE TABLE notes (words TEXT)")
    begin(first)
    first.cursor().execute("INSERT INTO notes VALUES ('given up')")
    getattr(first, leave)()
    begin(second)
    second.cursor().execute("INSERT INTO notes VALUES ('second')")
    second.commit()
    assert second.cursor().execute("SELECT words FROM notes").fetchall() == [("second",)]
    second.close()


def test_whoever_waits_too_long_hears_that_the_database_is_locked(tmp_path: Path) -> None:
    first, second = connection(tmp_path / "ward"), connection(tmp_path / "ward", within=0.1)
    begin(first)
    with pytest.raises(OperationalError, match="database is locked"):
        begin(second)
    first.rollback()
    begin(second)
    second.rollback()


def test_a_process_that_is_killed_in_its_turn_leaves_it(tmp_path: Path) -> None:
    turn, waiting = tmp_path / "ward-turn", connection(tmp_path / "ward", within=0.2)
    with subprocess.Popen([sys.executable, "-c", HOLD, str(turn)], stdout=subprocess.PIPE) as holder:
        assert holder.stdout is not None
        holder.stdout.readline()
        with pytest.raises(OperationalError, match="database is locked"):
            begin(waiting)
        holder.kill()
        holder.wait()
    begin(waiting)
    waiting.cursor().execute("CREATE TABLE notes (words TEXT)")
    waiting.commit()
    assert waiting.cursor().execute("SELECT count(*) FROM notes").fetchone() == (0,)
    waiting.close()
