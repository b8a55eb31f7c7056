"""A keeper 付き添い: runs a command beside the server that forked it, out of the program that is already loaded."""

import os
import signal
import threading
from types import FrameType

from django.core.management import call_command

AGAIN_AFTER, LOOKS_EVERY = 1.0, 0.5
TOLD = (signal.SIGTERM, signal.SIGINT)


class Keeper:
    """Starts the command again when it dies, and ends it when the server is gone, however that came about."""

    def __init__(self, command: str) -> None:
        self.command, self.server = command, os.getpid()
        self.leaving = threading.Event()

    def fork(self) -> int:
        """Leave the keeper beside this process; return its number."""
        if pid := os.fork():
            return pid
        for told in TOLD:
            signal.signal(told, self._leave)
        while not self._is_over():
            self._watch(self._begin())
        os._exit(0)

    def _leave(self, told: int, frame: FrameType | None) -> None:
        self.leaving.set()

    def _is_over(self) -> bool:
        return self.leaving.is_set() or os.getppid() != self.server

    def _begin(self) -> int:
        if pid := os.fork():
            return pid
        for told in TOLD:
            signal.signal(told, signal.SIG_DFL)
        call_command(self.command)
        os._exit(0)

    def _watch(self, pid: int) -> None:
        while not self._is_over():
            if os.waitpid(pid, os.WNOHANG)[0]:
                self.leaving.wait(AGAIN_AFTER)
                return
            self.leaving.wait(LOOKS_EVERY)
        os.kill(pid, signal.SIGTERM)
        os.waitpid(pid, 0)
