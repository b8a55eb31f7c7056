"""SQLite engine 書き込みの順番: Django's SQLite backend with a fair write lock.

SQLite admits one writing transaction at a time; waiting ones sleep longer and longer, up to a tenth of a second, while
nobody writes. Here the threads of a process wait on a lock and the processes on a lock file beside the database, so
that the next one begins at once. SQLite's own locking stays in force for statements outside a transaction and for
other programs. With ``synchronous=FULL`` and a write-ahead log a transaction is flushed after it left the write lock
(``group_commit``), before its thread goes on; statements outside a transaction are flushed by SQLite.
"""

import fcntl
import os
import threading
import time
from pathlib import Path
from typing import Any

from django.db import OperationalError
from django.db.backends.sqlite3 import base

from todoke.runtime.sqlite.group_commit import GroupCommit

FULL = 2
POLL_SECONDS = 0.001


class WriteQueue:
    """Write lock of one database file for one process: a thread lock, then a file lock (書き込みの順番)."""

    def __init__(self, path: Path) -> None:
        self.lock, self.file = threading.Lock(), os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        self.commits = GroupCommit(str(path).removesuffix("-turn") + "-wal")

    def acquire(self, timeout: float) -> bool:
        """Acquire both locks; False when ``timeout`` seconds pass before."""
        deadline = time.monotonic() + timeout
        if not self.lock.acquire(timeout=timeout):
            return False
        acquired = False
        try:
            while not (acquired := self._acquire_file()) and time.monotonic() <= deadline:
                time.sleep(POLL_SECONDS)
        finally:
            if not acquired:
                self.lock.release()
        return acquired

    def _acquire_file(self) -> bool:
        try:
            fcntl.lockf(self.file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            return False
        return True

    def release(self) -> None:
        """Release both locks."""
        fcntl.lockf(self.file, fcntl.LOCK_UN)
        self.lock.release()


_queues: dict[str, WriteQueue] = {}
_opening = threading.Lock()
os.register_at_fork(after_in_child=_queues.clear)


def write_queue(path: str) -> WriteQueue:
    """Return the write lock of this process for a database file."""
    if path not in _queues:
        with _opening:
            _queues.setdefault(path, WriteQueue(Path(f"{path}-turn")))
    return _queues[path]


class DatabaseWrapper(base.DatabaseWrapper):
    """Connection that acquires the write lock before a transaction and releases it after; flushes shared commits."""

    held_queue: WriteQueue | None = None
    is_full = False
    _state: tuple[int, int] = (0, 0)

    def init_connection_state(self) -> None:
        super().init_connection_state()
        is_logged = self._pragma("journal_mode") == "wal"
        self.is_full = is_logged and self._pragma("synchronous") == FULL and not self._has_one_writer()

    @property
    def flushes_commit(self) -> bool:
        """Whether a transaction is open whose commit is flushed here instead of by SQLite."""
        return self.is_full and self.held_queue is not None

    def _pragma(self, name: str) -> Any:
        return self.connection.execute(f"PRAGMA {name}").fetchone()[0]

    def _start_transaction_under_autocommit(self) -> None:
        if self.held_queue is None and not self._has_one_writer():
            queue = write_queue(str(self.settings_dict["NAME"]))
            if not queue.acquire(self.settings_dict["OPTIONS"].get("timeout", 5.0)):
                raise OperationalError("database is locked")
            self.held_queue = queue
        try:
            if self.is_full:
                self.connection.execute("PRAGMA synchronous=NORMAL")
            super()._start_transaction_under_autocommit()  # type: ignore[misc] # Django has it, its stubs do not
            self._state = self._written()
        except BaseException:
            self._end()
            raise

    def _has_one_writer(self) -> bool:
        """Tell whether nobody else can write: a database in memory or opened read-only."""
        return self.is_in_memory_db() or str(self.settings_dict["NAME"]).startswith("file:")

    def _written(self) -> tuple[int, int]:
        """Return what differs after rows or tables were changed."""
        return self.connection.total_changes, self._pragma("schema_version")

    def _release(self) -> None:
        if self.held_queue is not None:
            self.held_queue.release()
            self.held_queue = None

    def _end(self) -> None:
        """Have SQLite flush by itself again and release the write lock."""
        try:
            if self.is_full and self.connection is not None:
                self.connection.execute("PRAGMA synchronous=FULL")
        finally:
            self._release()

    def _commit(self) -> Any:
        has_written = self.is_full and self._written() != self._state
        done = super()._commit()  # type: ignore[misc] # Django has it, its stubs do not
        commits = self.held_queue.commits if self.held_queue is not None and has_written else None
        number = commits.add() if commits else 0
        self._end()
        if commits:
            commits.flush(number)
        return done

    def _rollback(self) -> Any:
        try:
            return super()._rollback()  # type: ignore[misc] # Django has it, its stubs do not
        finally:
            self._end()

    def _close(self) -> Any:
        try:
            return super()._close()  # type: ignore[misc] # Django has it, its stubs do not
        finally:
            self._release()
