"""What one application costs the server: queries and processor time, page by page, in one process without a network.

./todoke bench surge_cost [JOURNEYS] [--calls] [--speed-ups] [--profile]

Uses TODOKE_DATABASE when it is set (an empty PostgreSQL database), otherwise a SQLite database of its own.
"""

import argparse
import cProfile
import io
import os
import platform
import pstats
import subprocess
import sys
import time
from collections import defaultdict
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import unquote

from django.conf import settings
from django.core.management import call_command
from django.core.wsgi import get_wsgi_application
from django.db import connection

from benchmarks import process_usage
from benchmarks.surge_data import build
from benchmarks.surge_identities import WORDS
from benchmarks.surge_resident import Answer, Ask, Resident, journey


class Counted:
    """Queries and processor time by page (数と時間)."""

    def __init__(self) -> None:
        self.queries: dict[str, list[int]] = defaultdict(list)
        self.cpu: dict[str, list[float]] = defaultdict(list)
        self.running = 0
        self.statements: list[str] = []

    def __call__(self, execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:
        self.running += 1
        self.statements.append(sql)
        return execute(sql, params, many, context)


def main() -> None:
    options = argparse.ArgumentParser()
    options.add_argument("journeys", type=int, nargs="?", default=60)
    options.add_argument("--profile", action="store_true")
    options.add_argument("--calls", action="store_true", help="count function calls, which no load changes")
    options.add_argument(
        "--speed-ups", action="store_true", help="function calls with each speed-up turned off in turn"
    )
    options.add_argument("--statements", action="store_true")
    options.add_argument("--postmaster", type=int, default=0, help="process id of PostgreSQL, to count its time too")
    options.add_argument("--sort", default="tottime")
    chosen = options.parse_args()
    if chosen.speed_ups:
        without_each(chosen.journeys)
        return
    Path(os.environ["TODOKE_VAR"], "static").mkdir()
    call_command("migrate", verbosity=0)
    number, application = build(), get_wsgi_application()
    for n in range(5):
        run(application, Counted(), number, n)
    measure(application, number, chosen)


def without_each(journeys: int) -> None:
    """Print how many function calls a journey takes with all speed-ups, and in a program started without each."""
    for name in ("", *sorted(settings.SPEED_UPS)):
        done = subprocess.run(
            [sys.executable, "-m", "benchmarks", "surge_cost", str(journeys), "--calls"],
            env={**os.environ, "TODOKE_PLAIN": name}, capture_output=True, text=True, check=True,
        )  # fmt: skip
        calls = done.stdout.rpartition("\nand ")[2].partition(" ")[0]
        print(f"{name or 'with all':20} {calls:>10} function calls", flush=True)


def calls_of(profile: cProfile.Profile) -> int:
    return sum(entry.callcount for entry in profile.getstats())


def measure(application: Any, number: str, chosen: argparse.Namespace) -> None:
    counted, profile = Counted(), cProfile.Profile()
    before = process_usage.processor(process_usage.family(chosen.postmaster)) if chosen.postmaster else 0.0
    with connection.execute_wrapper(counted):
        if chosen.profile or chosen.calls:
            profile.enable()
        for n in range(5, 5 + chosen.journeys):
            run(application, counted, number, n, statements=chosen.statements and n == 5)
        profile.disable()
    show(counted, chosen.journeys)
    if chosen.postmaster:
        spent = process_usage.processor(process_usage.family(chosen.postmaster)) - before
        print(f"and {spent / chosen.journeys * 1000:.1f} ms of the database's")
    if chosen.calls:
        print(f"and {calls_of(profile) / chosen.journeys:,.0f} function calls (the times above hold the counting)")
    if chosen.profile:
        out = io.StringIO()
        pstats.Stats(profile, stream=out).sort_stats(chosen.sort).print_stats(170)
        print(out.getvalue())


def calibration() -> float:
    """Milliseconds for a fixed piece of work, so that runs on a busy machine can be compared."""
    best = 1.0
    for _ in range(15):
        begin = time.process_time()
        for n in range(3000):
            str({"number": n, "words": [n, n + 1, {"more": n}]}).split(",")
        best = min(best, time.process_time() - begin)
    return best * 1000


def run(application: Any, counted: Counted, number: str, n: int, *, statements: bool = False) -> None:
    resident = Resident(f"zz{n:07}")
    steps = journey(resident, number, WORDS)
    asked = next(steps)
    while True:
        counted.running, counted.statements = 0, []
        begin = time.process_time()
        answer = call(application, resident, asked)
        counted.cpu[f"{asked.method} {asked.page}"].append(time.process_time() - begin)
        counted.queries[f"{asked.method} {asked.page}"].append(counted.running)
        if statements:
            print(f"--- {asked.method} {asked.path} {counted.running}")
            for sql in counted.statements:
                print("   ", sql[:300])
        try:
            asked = steps.send(answer)
        except StopIteration:
            return


def call(application: Any, resident: Resident, asked: Ask) -> Answer:
    path, _, query = asked.path.partition("?")
    environ = {
        "REQUEST_METHOD": asked.method, "SCRIPT_NAME": "", "PATH_INFO": unquote(path, "latin-1"), "QUERY_STRING": query,
        "CONTENT_TYPE": asked.kind if asked.body else "", "CONTENT_LENGTH": str(len(asked.body)),
        "SERVER_NAME": "127.0.0.1", "SERVER_PORT": "80", "SERVER_PROTOCOL": "HTTP/1.1", "REMOTE_ADDR": "127.0.0.1",
        "HTTP_HOST": "127.0.0.1", "HTTP_ACCEPT_LANGUAGE": "ja", "wsgi.url_scheme": "http",
        "HTTP_COOKIE": "; ".join(f"{k}={v}" for k, v in resident.cookies.items()),
        "wsgi.input": io.BytesIO(asked.body), "wsgi.errors": sys.stderr, "wsgi.version": (1, 0),
        "wsgi.multithread": True, "wsgi.multiprocess": True, "wsgi.run_once": False,
    }  # fmt: skip
    begun: list[Any] = []
    body = application(environ, lambda status, headers, exc_info=None: begun.extend((int(status[:3]), headers)))
    content = b"".join(body)
    if hasattr(body, "close"):
        body.close()
    headers = {name.lower(): value for name, value in begun[1]}
    return Answer(begun[0], headers, [value for name, value in begun[1] if name.lower() == "set-cookie"], content)


def show(counted: Counted, journeys: int) -> None:
    print(
        f"machine: {os.cpu_count()} cores, {platform.platform()}, Python {platform.python_version()}, "
        f"{connection.vendor}; one process, no network"
    )
    queries = cpu = 0.0
    for page, found in counted.queries.items():
        times = sorted(counted.cpu[page])
        queries += sum(found) / journeys
        cpu += sum(times) / journeys
        print(
            f"{len(found) / journeys:4.1f} x {page:18} queries {min(found):3}-{max(found):<3} "
            f"cpu median {times[len(times) // 2] * 1000:6.2f} ms"
        )
    print(f"calibration: {calibration():.2f} ms for a fixed piece of work (compare runs by this)")
    print(f"one journey: {queries:.1f} queries, {cpu * 1000:.1f} ms of processor time")


if __name__ == "__main__":
    main()
