"""Processes of the demo 起動: web server, worker, simulators and services, started and stopped together."""

import os
import signal
import socket
import time
import urllib.error
import urllib.request
from argparse import ArgumentParser
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from importlib import import_module
from multiprocessing.context import ForkProcess

from django.core.management import call_command
from django.db import connections

from todoke.runtime.processes.copy_on_write import prepare_fork
from todoke.runtime.processes.stop_signals import reset_in_children

PORT = 8000
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


def set_addresses(arguments: Sequence[str]) -> None:
    """Set the addresses of a demo, whose port ``arguments`` may name, in the environment, which settings read once."""
    parser = ArgumentParser(add_help=False)
    parser.add_argument("--port", type=int, default=PORT)
    port = parser.parse_known_args(arguments)[0].port
    os.environ |= {"TODOKE_URL": base_url(port), "TODOKE_PSP_URL": base_url(port + MONEY)}


def _wait_until_ready(port: int, server: ForkProcess) -> None:
    deadline = time.monotonic() + READY_WITHIN
    while server.is_alive() and time.monotonic() < deadline:
        try:
            urllib.request.urlopen(f"http://127.0.0.1:{port}/accounts/login/", timeout=2)
        except urllib.error.HTTPError:
            return
        except OSError:
            time.sleep(0.05)
        else:
            return
    raise ChildProcessError("サーバーが起動しません。上に出ている記録を確かめてください。")


def _run(command: Sequence[str]) -> None:
    os.setsid()
    call_command(*command)


@contextmanager
def running_processes(port: int) -> Iterator[list[ForkProcess]]:
    """Start the five processes, yield them, and terminate them when the block ends.

    They are forked from this one and share its memory. Each runs in a session of its own, so that Ctrl+C reaches only
    the parent and nothing is stopped twice.
    """
    import_module("todoke.wsgi")
    connections.close_all()
    prepare_fork()
    reset_in_children()
    commands = (
        ["serve", "--port", str(port), "--processes", "1"], ["worker"], ["psp", "--port", str(port + MONEY)],
        ["idp", "--port", str(port + IDENTITIES)], ["city_services", "--port", str(port)],
    )  # fmt: skip
    processes = [ForkProcess(target=_run, args=[command]) for command in commands]
    with terminated_together(processes):
        for process in processes:
            process.start()
        _wait_until_ready(port, processes[0])
        yield processes


@contextmanager
def terminated_together(processes: Sequence[ForkProcess]) -> Iterator[None]:
    """Terminate the processes when the block ends, also by SIGTERM or SIGHUP, which act as Ctrl+C does."""
    before = {number: signal.signal(number, signal.default_int_handler) for number in (signal.SIGTERM, signal.SIGHUP)}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
        started = [process for process in processes if process.pid]
        for process in started:
            process.terminate()
        for process in started:
            process.join(timeout=10)
            if process.pid and process.is_alive():
                os.killpg(process.pid, signal.SIGKILL)
