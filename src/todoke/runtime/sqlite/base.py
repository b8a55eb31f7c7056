"""SQLite engine 書き込みの順番: Django's SQLite backend with a fair write lock.

SQLite admits one writing transaction at a time; waiting ones sleep longer and longer, up to a tenth of a second, while
nobody writes. Here the threads of a process wait on a lock and the processes on a lock file beside the database, so
that the next one begins at once. SQLite's own locking stays in force for statements outside a transaction and for
other programs.
"""

import fcntl
import os
import threading
import time
from pathlib import Path
from typing import Any

from django.db import OperationalError
from django.db.backends.sqlite3 import base

POLL_SECONDS = 0.001


class WriteQueue:
    """Write lock of one database file for one process: a thread lock, then a file lock (書き込みの順番)."""

    def __init__(self, path: Path) -> None:
        self.lock, self.file = threading.Lock(), os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)

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
    """Connection that acquires the write lock before a transaction and releases it after."""

    held_queue: WriteQueue | None = None

    def _start_transaction_under_autocommit(self) -> None:
        if self.held_queue is None and not self._has_one_writer():
            queue = write_queue(str(self.settings_dict["NAME"]))
            if not queue.acquire(self.settings_dict["OPTIONS"].get("timeout", 5.0)):
                raise OperationalError("database is locked")
            self.held_queue = queue
        try:
            super()._start_transaction_under_autocommit()  # type: ignore[misc] # Django has it, its stubs do not
        except BaseException:
            self._release()
            raise

    def _has_one_writer(self) -> bool:
        """Tell whether nobody else can write: a database in memory or opened read-only."""
        return self.is_in_memory_db() or str(self.settings_dict["NAME"]).startswith("file:")

    def _release(self) -> None:
        if self.held_queue is not None:
            self.held_queue.release()
            self.held_queue = None

    def _commit(self) -> Any:
        done = super()._commit()  # type: ignore[misc] # Django has it, its stubs do not
        self._release()
        return done

    def _rollback(self) -> Any:
        try:
            return super()._rollback()  # type: ignore[misc] # Django has it, its stubs do not
        finally:
            self._release()

    def _close(self) -> Any:
        try:
            return super()._close()  # type: ignore[misc] # Django has it, its stubs do not
        finally:
            self._release()
