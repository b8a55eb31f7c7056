"""Preloader 事前読込: a process that has imported the whole program and forks servers, workers and commands on request.

A proof that kills a thousand times cannot import the program a thousand times. Requests are JSON lines on stdin, the
process id is written to stdout. Granian, worker and commands run as in production and are killed for good.
"""

import contextlib
import importlib
import json
import os
import signal
import sys
from pathlib import Path
from typing import Any

import django
from django.core.management import execute_from_command_line
from django.db import connections
from django.urls import get_resolver
from granian.constants import Interfaces
from granian.log import LogLevels
from granian.server import Server

from todoke.runtime.processes.stop_signals import reset_in_children

TARGET = "todoke.proving.bootstrap:application"


def _serve(port: int, processes: int) -> None:
    Server(
        TARGET, address="127.0.0.1", port=port, interface=Interfaces.WSGI, workers=processes, blocking_threads=4,
        respawn_failed_workers=True, log_level=LogLevels.critical,
    ).serve()  # fmt: skip


def _work(*words: str) -> None:
    importlib.import_module("todoke.proving.bootstrap")
    execute_from_command_line(["./todoke", "worker", *words])


def _manage(*words: str, done: str) -> None:
    """Run a command and create the file ``done`` at its end; the requester cannot wait for this process."""
    execute_from_command_line(["./todoke", *words])
    sys.stdout.flush()
    Path(done).touch()


def _become(order: dict[str, Any]) -> None:
    """Run the requested program in a new session; never returns."""
    os.setsid()
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    said, log = (os.open(order[name], os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600) for name in ("said", "log"))
    nothing = os.open(os.devnull, os.O_RDONLY)
    for source, target in ((nothing, 0), (said, 1), (log, 2)):
        os.dup2(source, target)
    with contextlib.suppress(SystemExit):
        if order["what"] == "server":
            _serve(order["port"], order["processes"])
        elif order["what"] == "command":
            _manage(*order["words"], done=order["done"])
        else:
            _work(*order["words"])
    os._exit(0)


def main() -> None:
    """Import the program, then fork one process per line of stdin."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "todoke.settings")
    django.setup()
    len(get_resolver().url_patterns)
    importlib.import_module("todoke.proving.management.commands.verify")
    connections.close_all()
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    reset_in_children()
    for line in sys.stdin:
        pid = os.fork()
        if pid == 0:
            _become(json.loads(line))
        sys.stdout.write(f"{pid}\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
