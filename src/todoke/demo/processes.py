"""Serving 起動: the web server, the worker and the payment simulator start and stop together."""

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

THREADS = 8
MONEY = 90
READY_WITHIN = 60.0


def address_of(port: int) -> str:
    """Return where the ward is reached; links in mails begin with it."""
    return f"http://127.0.0.1:{port}"


def is_taken(port: int) -> bool:
    """Tell whether somebody else listens on a port of this machine."""
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


def _server(port: int) -> list[str]:
    granian = str(Path(sys.executable).with_name("granian"))
    where = ["--host", "127.0.0.1", "--port", str(port)]
    size = ["--workers", "1", "--blocking-threads", str(THREADS), "--backlog", "1024"]
    return [granian, "--interface", "wsgi", *where, *size, "--log-level", "warning", "todoke.wsgi:application"]


def _todoke(*words: str) -> list[str]:
    return [sys.executable, "-m", "todoke", *words]


def _wait_until_ready(port: int, server: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + READY_WITHIN
    while server.poll() is None and time.monotonic() < deadline:
        try:
            urllib.request.urlopen(f"http://127.0.0.1:{port}/accounts/login/", timeout=2)
        except urllib.error.HTTPError:
            return
        except OSError:
            time.sleep(0.05)
        else:
            return
    raise ChildProcessError("サーバーが起動しません。上に出ている記録を確かめてください。")


def _start(command: list[str], environment: dict[str, str]) -> subprocess.Popen[bytes]:
    return subprocess.Popen(command, env=environment, start_new_session=True)  # noqa: S603 - our own programs


@contextmanager
def serving(port: int) -> Iterator[list[subprocess.Popen[bytes]]]:
    """Run them until the block ends, then stop them in an orderly way.

    Each runs in a session of its own: Ctrl+C in the terminal reaches only us, and nobody is told to stop twice.
    The server comes first and alone, so that residents wait for nothing else.
    """
    money = port + MONEY
    addresses = {"TODOKE_URL": address_of(port), "TODOKE_PSP_URL": address_of(money)}
    environment = {**os.environ, **addresses}
    processes = [_start(_server(port), environment)]
    try:
        _wait_until_ready(port, processes[0])
        processes += [
            _start(command, environment) for command in (_todoke("worker"), _todoke("psp", "--port", str(money)))
        ]
        yield processes
    finally:
        for process in processes:
            process.send_signal(signal.SIGTERM)
        for process in processes:
            try:
                process.wait(timeout=10)
            except subprocess.TimeoutExpired:
                os.killpg(process.pid, signal.SIGKILL)
