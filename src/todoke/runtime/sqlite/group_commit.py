"""Group commit まとめ書き: the transactions of a process share one flush of SQLite's write-ahead log.

SQLite with ``synchronous=FULL`` flushes the log within each commit, while nobody else may write: so many transactions
a second as the disk has flushes. Here a transaction is committed without a flush, leaves the write lock, and returns
only after a flush that began later; whoever committed meanwhile is covered by the same flush.
"""

import os
import threading

from django.db import OperationalError


class GroupCommit:
    """Commits to one write-ahead log, counted in their order, and how many of them are known to be on the disk."""

    def __init__(self, log: str) -> None:
        self.log, self.lock = log, threading.Lock()
        self.committed = self.flushed = 0
        self.failed = False

    def add(self) -> int:
        """Count a commit, by its thread while it still holds the write lock; return its number."""
        self.committed += 1
        return self.committed

    def flush(self, number: int) -> None:
        """Return when commit ``number`` is on the disk.

        Raises OperationalError when a flush failed, and ever after: what a failed flush left unwritten, a later one
        does not write (as PostgreSQL, which stops).
        """
        with self.lock:
            if self.flushed >= number:
                return
            if self.failed:
                raise OperationalError("disk I/O error")
            covered = self.committed
            try:
                self.flush_log()
            except OSError as problem:
                self.failed = True
                raise OperationalError("disk I/O error") from problem
            self.flushed = covered

    def flush_log(self) -> None:
        """Flush the log, opened anew: SQLite removes the file with the last connection and makes another one."""
        file = os.open(self.log, os.O_RDWR)
        try:
            os.fdatasync(file)
        finally:
            os.close(file)
