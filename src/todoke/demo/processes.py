"""Processes of the demo 起動: web server, worker, simulators and services, started and stopped together."""

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
MONEY, IDENTITIES, SERVICES = 90, 91, 92
"""The simulators and the three practice services listen so many ports above the demo."""
READY_WITHIN = 60.0


def base_url(port: int) -> str:
    """Return the address of the demo on this port; links in mails begin with it."""
    return f"http://127.0.0.1:{port}"


def is_port_taken(port: int) -> bool:
    """Whether another process listens on this port."""
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
def running_processes(port: int) -> Iterator[list[subprocess.Popen[bytes]]]:
    """Start the five processes, yield them, and terminate them when the block ends.

    Each runs in a session of its own, so that Ctrl+C reaches only the parent and nothing is stopped twice. The server
    starts first, so that pages do not wait for the others.
    """
    money = port + MONEY
    addresses = {"TODOKE_URL": base_url(port), "TODOKE_PSP_URL": base_url(money)}
    environment = {**os.environ, **addresses}
    processes: list[subprocess.Popen[bytes]] = []
    with terminated_together(processes):
        processes.append(_start(_server(port), environment))
        _wait_until_ready(port, processes[0])
        processes += [
            _start(command, environment)
            for command in (
                _todoke("worker"), _todoke("psp", "--port", str(money)),
                _todoke("idp", "--port", str(port + IDENTITIES)), _todoke("city_services", "--port", str(port)),
            )
        ]  # fmt: skip
        yield processes


@contextmanager
def terminated_together(processes: list[subprocess.Popen[bytes]]) -> Iterator[None]:
    """Terminate the processes when the block ends, also by SIGTERM or SIGHUP, which act as Ctrl+C does."""
    before = {number: signal.signal(number, signal.default_int_handler) for number in (signal.SIGTERM, signal.SIGHUP)}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
        for process in processes:
            process.send_signal(signal.SIGTERM)
        for process in processes:
            try:
                process.wait(timeout=10)
            except subprocess.TimeoutExpired:
                os.killpg(process.pid, signal.SIGKILL)
