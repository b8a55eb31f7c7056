"""The database engine of small offices: SQLite, with a queue in front of its one writer.

SQLite lets one transaction write at a time and tells the others to come again; they sleep longer and longer, up to a
tenth of a second, while nobody writes. Here the threads of a process wait for one another on a lock and the processes
on a file beside the database, so that the next one begins at once. SQLite still guards itself: a statement outside
a transaction, or another program, is refused or waits as ever.
"""

import fcntl
import os
import threading
import time
from pathlib import Path
from typing import Any

from django.db import OperationalError
from django.db.backends.sqlite3 import base

LOOK_AGAIN = 0.001


class Queue:
    """Those of one process who want to write to one file (書き込みの順番)."""

    def __init__(self, path: Path) -> None:
        self.lock, self.file = threading.Lock(), os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)

    def take(self, within: float) -> bool:
        """Wait for the turn; False when it does not come within so many seconds."""
        deadline = time.monotonic() + within
        if not self.lock.acquire(timeout=within):
            return False
        took = False
        try:
            while not (took := self._take_file()) and time.monotonic() <= deadline:
                time.sleep(LOOK_AGAIN)
        finally:
            if not took:
                self.lock.release()
        return took

    def _take_file(self) -> bool:
        try:
            fcntl.lockf(self.file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            return False
        return True

    def leave(self) -> None:
        fcntl.lockf(self.file, fcntl.LOCK_UN)
        self.lock.release()


_queues: dict[str, Queue] = {}
_opening = threading.Lock()
os.register_at_fork(after_in_child=_queues.clear)


def queue_for(path: str) -> Queue:
    """Return the queue of this process for a database file."""
    if path not in _queues:
        with _opening:
            _queues.setdefault(path, Queue(Path(f"{path}-turn")))
    return _queues[path]


class DatabaseWrapper(base.DatabaseWrapper):
    """A connection that takes its turn before a transaction and leaves it after."""

    turn: Queue | None = None

    def _start_transaction_under_autocommit(self) -> None:
        if self.turn is None and not self._is_alone():
            queue = queue_for(str(self.settings_dict["NAME"]))
            if not queue.take(self.settings_dict["OPTIONS"].get("timeout", 5.0)):
                raise OperationalError("database is locked")
            self.turn = queue
        try:
            super()._start_transaction_under_autocommit()  # type: ignore[misc] # Django has it, its stubs do not
        except BaseException:
            self._leave()
            raise

    def _is_alone(self) -> bool:
        """A database in memory or one that is only read has no other writers."""
        return self.is_in_memory_db() or str(self.settings_dict["NAME"]).startswith("file:")

    def _leave(self) -> None:
        if self.turn is not None:
            self.turn.leave()
            self.turn = None

    def _commit(self) -> Any:
        done = super()._commit()  # type: ignore[misc] # Django has it, its stubs do not
        self._leave()
        return done

    def _rollback(self) -> Any:
        try:
            return super()._rollback()  # type: ignore[misc] # Django has it, its stubs do not
        finally:
            self._leave()

    def _close(self) -> Any:
        try:
            return super()._close()  # type: ignore[misc] # Django has it, its stubs do not
        finally:
            self._leave()
