"""Every page and list of the faces for staff at the size of a ward: milliseconds and queries, the slowest first.

./todoke bench faces [--cases 100000] [--closed 0] [--procedures 75000] [--contacts 200000] [--arrivals 25000]
                     [--audit 1000000] [--copies 9] [--rounds 20] [--slowest 20] [--only office:inbox,…] [--explain]

Asks every address of the role matrix that staff may open, as a few people who may, about what the cast of the matrix
makes; lists in all their views and orders too. First once in that small world, then with ten of everything in it, then
at size: a page whose number of queries differs is named. TODOKE_DATABASE, an empty database, is used where it is set.
"""

import argparse
import math
import os
import platform
import sqlite3
import statistics
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import partial
from http.cookies import SimpleCookie
from typing import Any
from urllib.parse import urlencode

import django
from django.core.cache import cache
from django.core.management import call_command
from django.core.wsgi import get_wsgi_application
from django.db import connection, reset_queries, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext, override_settings
from tests import cast
from tests.cast.role_matrix import matrix, subjects
from tests.cast.role_matrix.world import ROLES

from benchmarks import faces_ward, row_copies
from todoke.lists.row_list import RowList
from todoke.organization.models import Department
from todoke.web.warm_up import freeze_program, warm_up

STAFF = [role for role in ROLES if role not in {"anonymous", "applicant", "resident"}]
WATCHERS = ("chief", "headquarters", "auditor")
"""These and the director are asked for every page; where none of them may, the first who may."""
SHOWN = 200
LIST, PAGE = 150, 250
CANDIDATES = 60
"""So many of the slowest in one round are timed in many."""


@dataclass
class Face:
    """One address as one person sees it, and what was measured of it."""

    name: str
    role: str
    path: str
    is_list: bool = False
    status: int = 0
    queries: list[int] = field(default_factory=list)
    clock: list[float] = field(default_factory=list)
    processor: list[float] = field(default_factory=list)

    @property
    def p95(self) -> float:
        """Of the processor, because others may use the machine too."""
        return sorted(self.processor)[max(0, math.ceil(len(self.processor) * 0.95) - 1)]

    @property
    def line(self) -> str:
        said = " / ".join(map(str, self.queries))
        limit = LIST if self.is_list else PAGE
        return (
            f"| {self.path} ({self.role}) | {statistics.median(self.processor):.0f} | {self.p95:.0f} | {limit} | "
            f"{statistics.median(self.clock):.0f} | {said} |"
        )


def main() -> None:
    asked = argparse.ArgumentParser()
    for name, usual in (("cases", 100_000), ("closed", 0), ("procedures", 75_000), ("contacts", 200_000),
                        ("arrivals", 25_000), ("audit", 1_000_000), ("rounds", 20), ("slowest", 20)):  # fmt: skip
        asked.add_argument(f"--{name}", type=int, default=usual)
    asked.add_argument(
        "--only", default="", help="beginnings of the names of the addresses to ask, with commas between"
    )
    asked.add_argument("--copies", type=int, default=9, help="copies of everything in the small world; 0: not asked")
    asked.add_argument("--explain", action="store_true", help="show the slowest statement of the slowest pages")
    wish = asked.parse_args()
    with light_settings():
        measure(wish)


def light_settings() -> override_settings:
    """Return the settings under which pages are asked in one process: no second factor, no slow password."""
    cheap = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    return override_settings(
        ALLOWED_HOSTS=["testserver"], PASSWORD_HASHERS=cheap, STAFF_SECOND_FACTOR=False, SECURE_SSL_REDIRECT=False,
        EMAIL_BACKEND="django.core.mail.backends.locmem.EmailBackend",
    )  # fmt: skip


def measure(wish: argparse.Namespace) -> None:
    """Build, ask, fill, ask again, and print."""
    call_command("migrate", verbosity=0)
    here = faces_ward.build()
    put_below_the_bureau()
    warm_up(get_wsgi_application())
    freeze_program()  # as the server does before it answers
    faces = list(addresses(here, tuple(wish.only.split(","))))
    everything = row_copies.since({})
    ask(here, faces)
    if wish.copies:
        row_copies.copy(everything, wish.copies, faces_ward.AUDITED)
        ask(here, faces)
    begun = time.monotonic()
    faces_ward.fill(
        here, open_cases=wish.cases, closed=wish.closed, procedures=wish.procedures, contacts=wish.contacts,
        arrivals=wish.arrivals, audit=wish.audit,
    )  # fmt: skip
    put_below_the_bureau()
    print(f"machine: {os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}, {platform.platform()}")
    print(f"versions: Python {platform.python_version()}, Django {django.__version__}, {_database()}")
    print(f"{wish.cases:,} open and {wish.closed:,} closed cases in ten sections (half in the one looked at), "
          f"{wish.procedures:,} procedures, {wish.contacts:,} contacts, {wish.arrivals:,} arrivals of one call, "
          f"{wish.audit:,} entries of the trail, "
          f"made in {time.monotonic() - begun:.0f} s")  # fmt: skip
    walked = ask(here, faces, timed=True)
    _print_walk(faces, walked, tuple(wish.only.split(",")))
    slow = sorted(walked, key=lambda face: -face.processor[0])[:CANDIDATES]
    for face in slow:
        face.clock.clear()
        face.processor.clear()
    for _ in range(wish.rounds):
        ask(here, slow, timed=True, counted=False)
    _print(walked, slow, wish)
    if wish.explain:
        _explain(here, sorted(slow, key=lambda face: -face.p95)[: wish.slowest])


def put_below_the_bureau() -> None:
    """Let the director of the bureau stand above every section."""
    bureau = cast.department("区民部", "1000")
    Department.objects.exclude(pk=bureau.pk).filter(parent=None).update(parent=bureau)


def addresses(here: faces_ward.Ward, beginnings: tuple[str, ...] = ("",)) -> Iterator[Face]:
    """Yield what is asked: of each page of the role matrix that staff may open who may see it, of lists all ways."""
    lists, patterns = _lists(), {name or pattern: pattern for name, pattern in matrix.routes()}
    everybody = here.client(faces_ward.EVERYBODY)
    for name, row in opened_by_staff().items():
        if not name.startswith(beginnings):
            continue
        path = matrix.address(subjects.at(here.about, name), patterns[name])
        roles = [role for role in WATCHERS if role in row] or row[:1]
        if _get(everybody, path) == SHOWN:
            roles.append(faces_ward.EVERYBODY)
        definition = lists.get(name)
        for role in roles:
            yield Face(name, role, path, is_list=definition is not None)
            for variant in _variants(definition) if definition else ():
                yield Face(name, role, f"{path}?{variant}", is_list=True)


def opened_by_staff() -> dict[str, list[str]]:
    """Return each address of the role matrix that staff may open, with the roles that may."""
    pages = {name: row for (name, method), row in matrix.read().items() if method == "GET"}
    opened = {name: [role for role in STAFF if row.get(role) == str(SHOWN)] for name, row in pages.items()}
    return {name: roles for name, roles in opened.items() if roles}


def _lists() -> dict[str, type[RowList[Any]]]:
    """Return every list by the name of its address."""
    found, left = {}, [RowList]
    while left:
        each = left.pop()
        left += each.__subclasses__()
        if hasattr(each, "url"):
            found[each.url] = each
    return found


def _variants(definition: type[RowList[Any]]) -> Iterator[str]:
    """Yield the queries of a list: each view as it comes, in every order and searched."""
    columns = definition.columns if isinstance(definition.columns, tuple) else ()
    for place, view in enumerate(definition.views or ("",)):
        chosen = {"view": view} if place else {}
        if chosen:
            yield urlencode(chosen)
        for column in columns:
            if column.order and column.key not in definition.unsorted.get(view, ()):
                yield urlencode(chosen | {"sort": column.key})
                yield urlencode(chosen | {"sort": f"-{column.key}"})
        if definition.search_label:
            yield urlencode(chosen | {"q": "山田 7"})


def ask(here: faces_ward.Ward, faces: list[Face], *, timed: bool = False, counted: bool = True) -> list[Face]:
    """Ask each address once more; return those that were shown."""
    clients = dict[str, Client]()
    cache.clear()
    for face in faces:
        client = clients.setdefault(face.role, here.client(face.role))
        asked = list[str]()
        with connection.execute_wrapper(partial(_noted, asked)):
            begun, used = time.perf_counter(), time.process_time()
            face.status = _get(client, face.path)
        if timed:
            face.clock.append((time.perf_counter() - begun) * 1000)
            face.processor.append((time.process_time() - used) * 1000)
        if counted:
            face.queries.append(len(asked) if face.status == SHOWN else -1)
    return [face for face in faces if face.status == SHOWN]


def _noted(asked: list[str], execute: Callable[..., Any], sql: str, *rest: Any) -> Any:
    asked.append(sql)
    return execute(sql, *rest)


def _get(client: Client, path: str) -> int:
    """Return the status of a page that was read to its end, 0 for a file; what it wrote goes."""
    signed_in = {name: morsel.value for name, morsel in client.cookies.items()}
    with transaction.atomic():
        answer: Any = client.get(path)
        if answer.streaming:
            b"".join(answer.streaming_content)
        transaction.set_rollback(True)
    client.cookies = SimpleCookie(signed_in)
    return 0 if "Content-Disposition" in answer.headers else int(answer.status_code)


def _database() -> str:
    if connection.vendor == "sqlite":
        return f"SQLite {sqlite3.sqlite_version}"
    with connection.cursor() as cursor:
        cursor.execute("SHOW server_version")
        return f"PostgreSQL {cursor.fetchone()[0]}"


def _print_walk(faces: list[Face], walked: list[Face], beginnings: tuple[str, ...]) -> None:
    """Say how many of the addresses that staff may open were shown at size, and why the others were not."""
    opened = [name for name in opened_by_staff() if name.startswith(beginnings)]
    shown, said = {face.name for face in walked}, {face.name: face.status for face in faces}
    print(
        f"{len(shown)} of {len(opened)} addresses that staff may open were walked, in {len(walked)} ways; not walked:"
    )
    for name in opened:
        if name not in shown:
            print(f"  {name}: {said[name]}")
    for face in faces:
        if face.name in shown and face.status != SHOWN:
            print(f"  {face.path} ({face.role}) only: {face.status}")


def _print(faces: list[Face], slow: list[Face], wish: argparse.Namespace) -> None:
    late = [face for face in slow if face.p95 > (LIST if face.is_list else PAGE)]
    print(
        f"{len(faces)} addresses asked; of the slowest {len(slow)}, asked {wish.rounds} times, {len(late)} are late\n"
    )
    print("| address (asked by) | processor, ms: median | p95 | limit | clock | queries: small / tenfold / at size |")
    print("|---|---|---|---|---|---|")
    for face in sorted(slow, key=lambda face: -face.p95)[: wish.slowest]:
        print(face.line)
    grown = [face for face in faces if len(set(face.queries[-2:])) > 1]
    print(f"\nmore queries at size than tenfold: {len(grown)}")
    for face in grown:
        print(f"  {face.path} ({face.role}): {' / '.join(map(str, face.queries))}")


def _explain(here: faces_ward.Ward, faces: list[Face]) -> None:
    for face in faces:
        client = here.client(face.role)
        reset_queries()
        with CaptureQueriesContext(connection) as asked:
            _get(client, face.path)
        worst = sorted(asked.captured_queries, key=lambda query: -float(query["time"]))[:2]
        print(f"\n{face.path} ({face.role})")
        for query in worst:
            print(f"  {float(query['time']) * 1000:.0f} ms: {query['sql'][:3000]}")
            with connection.cursor() as cursor, transaction.atomic():
                plan = "EXPLAIN QUERY PLAN " if connection.vendor == "sqlite" else "EXPLAIN (ANALYZE) "
                cursor.execute(plan + query["sql"])
                print("\n".join(f"      {row[-1]}" for row in cursor.fetchall()))


if __name__ == "__main__":
    main()
