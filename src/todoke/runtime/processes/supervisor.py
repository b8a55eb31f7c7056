"""Supervisor 付き添い: forks a process that runs a management command beside the server and restarts it."""

import os
import signal
import threading
from types import FrameType

from django.core.management import call_command

from todoke.runtime.processes.stop_signals import STOP_SIGNALS

RESTART_SECONDS, POLL_SECONDS = 1.0, 0.5


class Supervisor:
    """Runs a management command in a child process; restarts it when it dies, ends it when the server is gone."""

    def __init__(self, command: str, *words: str) -> None:
        self.command, self.words, self.server = command, words, os.getpid()
        self.stopping = threading.Event()

    def start(self) -> int:
        """Fork the supervisor and return its process id to the caller; the child never returns."""
        if pid := os.fork():
            return pid
        for number in STOP_SIGNALS:
            signal.signal(number, self._stop)
        while not self._is_over():
            self._watch(self._start_command())
        os._exit(0)

    def _stop(self, number: int, frame: FrameType | None) -> None:
        self.stopping.set()

    def _is_over(self) -> bool:
        return self.stopping.is_set() or os.getppid() != self.server

    def _start_command(self) -> int:
        if pid := os.fork():
            return pid
        call_command(self.command, *self.words)
        os._exit(0)

    def _watch(self, pid: int) -> None:
        while not self._is_over():
            if os.waitpid(pid, os.WNOHANG)[0]:
                self.stopping.wait(RESTART_SECONDS)
                return
            self.stopping.wait(POLL_SECONDS)
        os.kill(pid, signal.SIGTERM)
        os.waitpid(pid, 0)
