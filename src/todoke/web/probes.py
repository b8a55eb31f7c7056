"""Probes 生存と準備の確認: ``/livez`` and ``/readyz``, answered before everything else, for a load balancer.

``/livez`` says that the process answers. ``/readyz`` says whether it serves, and knows read-only mode: a machine that
shows pages without writing is ready, a machine of another build or without any database is not. One thread a process
asks the database, so that probes take no connection from people.
"""

import json
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from django.conf import settings
from django.db import DatabaseError, InterfaceError, close_old_connections, connection

from todoke.runtime import read_only_mode
from todoke.runtime.build_identity import BuildCheck
from todoke.runtime.read_only_mode import breaker
from todoke.web.read_only import primary_is_available

READY, READ_ONLY, OTHER_BUILD, NO_DATABASE = "ready", "read-only", "other build", "no database"
SERVING = frozenset({READY, READ_ONLY})
WITHIN = 2.0


def readiness(check: BuildCheck) -> str:
    """Return the state of this process: ready, read-only, other build, or no database."""
    if check.refusal():
        return OTHER_BUILD
    if read_only_mode.manual_switch() is not None:
        return READ_ONLY
    if breaker.since is None and _answers():
        return READY
    return READ_ONLY if settings.STANDBY or connection.vendor == "sqlite" else NO_DATABASE


def _answers() -> bool:
    if not connection.in_atomic_block:
        close_old_connections()
    try:
        if not primary_is_available():
            return False
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except (DatabaseError, InterfaceError):
        return False
    return True


class Probes:
    """WSGI middleware that answers the two probes and hands everything else on."""

    def __init__(self, application: Callable[..., Iterable[bytes]], *, check: BuildCheck) -> None:
        self.application, self.check = application, check
        self.asker = ThreadPoolExecutor(1, thread_name_prefix="probe")

    def __call__(self, environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        if environ["PATH_INFO"] == "/livez":
            return _answer("alive", 200, start_response)
        if environ["PATH_INFO"] != "/readyz":
            return self.application(environ, start_response)
        try:
            state = self.asker.submit(readiness, self.check).result(WITHIN)
        except TimeoutError:
            state = NO_DATABASE
        return _answer(state, 200 if state in SERVING else 503, start_response)


def _answer(state: str, status: int, start_response: Callable[..., Any]) -> Iterable[bytes]:
    start_response(
        "200 OK" if status == 200 else "503 Service Unavailable",
        [("Content-Type", "application/json"), ("Cache-Control", "no-store")],
    )
    return [json.dumps({"state": state}).encode()]
