"""Short-queue process 短い列のプロセス: runs the short queue beside jobs of the long one, forked where no job has run.

A library that a job uses may start threads, which do not survive a fork: a child of a worker that has sorted a table
with polars would wait for ever for them at its own first table. So a process that runs no job is forked before the
first one, waits, and forks the second process whenever it is wanted.
"""

import os
import signal
import socket
from collections.abc import Iterator
from contextlib import contextmanager

from todoke.jobs.queues import SHORT
from todoke.runtime.processes.stop_signals import STOP_SIGNALS
from todoke.runtime.processes.supervisor import Supervisor


class ShortQueueProcess:
    """短い列のプロセス: starts and stops ``./todoke worker --queue default`` with more ``words``.

    Make it before a job runs and while no connection to the database is open; its forking process ends with this one.
    """

    def __init__(self, *words: str) -> None:
        self.words = words
        self.control, other = socket.socketpair()
        if os.fork():
            other.close()
            return
        self.control.close()
        for number in STOP_SIGNALS:
            signal.signal(number, signal.SIG_IGN)
        self._serve(other)
        os._exit(0)

    @contextmanager
    def running(self) -> Iterator[None]:
        """Run the process until the block ends; it finishes the job in hand."""
        self.control.send(b"1")
        try:
            yield
        finally:
            self.control.send(b"0")
            self.control.recv(1)

    def _serve(self, control: socket.socket) -> None:
        """Start at one byte, stop and answer at the next; nothing more comes when the worker is gone."""
        while control.recv(1):
            supervisor = Supervisor("worker", "--queue", SHORT, *self.words).start()
            is_wanted_stop = control.recv(1)
            os.kill(supervisor, signal.SIGTERM)
            os.waitpid(supervisor, 0)
            if is_wanted_stop:
                control.send(b"0")
