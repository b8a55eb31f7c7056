"""Serving 起動: the web server and the worker as two processes that start and stop together."""

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
READY_WITHIN = 20.0


def is_taken(port: int) -> bool:
    """Tell whether somebody else listens on a port of this machine."""
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


def _server(port: int) -> list[str]:
    granian = str(Path(sys.executable).with_name("granian"))
    where = ["--host", "127.0.0.1", "--port", str(port)]
    size = ["--workers", "1", "--blocking-threads", str(THREADS), "--backlog", "1024"]
    return [granian, "--interface", "wsgi", *where, *size, "--log-level", "warning", "todoke.wsgi:application"]


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


@contextmanager
def serving(port: int) -> Iterator[list[subprocess.Popen[bytes]]]:
    """Run server and worker until the block ends, then stop both in an orderly way."""
    commands = [_server(port), [sys.executable, "-m", "todoke", "worker"]]
    processes = [subprocess.Popen(command) for command in commands]  # noqa: S603 - our own two programs
    try:
        _wait_until_ready(port, processes[0])
        yield processes
    finally:
        for process in processes:
            process.send_signal(signal.SIGTERM)
        for process in processes:
            try:
                process.wait(timeout=10)
            except subprocess.TimeoutExpired:
                process.kill()
