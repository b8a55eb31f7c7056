"""Every page and list of the faces for staff at the size of a ward: milliseconds and queries, the slowest first.

./todoke bench faces [--cases 100000] [--closed 0] [--procedures 75000] [--contacts 200000] [--arrivals 25000]
                     [--audit 1000000] [--copies 9] [--rounds 20] [--slowest 20] [--only office:inbox,…] [--explain]

Asks each address of the three faces as a few people who may see it, if it is about nothing or about what ``faces_ward``
makes; lists in all their views and orders too. First once in a small world, then with ten of everything in it, then at
size: a page whose number of queries differs is named. TODOKE_DATABASE, an empty database, is used where it is set.
"""

import argparse
import os
import platform
import re
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
from django.db import connection, reset_queries, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext, override_settings
from django.urls import URLResolver, get_resolver
from tests import cast

from benchmarks import faces_ward, row_copies
from todoke.lists.row_list import RowList
from todoke.organization.models import Department

FACES = ("office:", "studio:", "board:")
WATCHERS = ("chief", "headquarters", faces_ward.EVERYBODY)
"""These are asked for every page; where none of them may, the first who may."""
PLACE = re.compile(r"<(?:\w+:)?(\w+)>|\(\?P<(\w+)>[^)]*\)")
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
    queries: list[int] = field(default_factory=list)
    clock: list[float] = field(default_factory=list)
    processor: list[float] = field(default_factory=list)

    @property
    def p95(self) -> float:
        return sorted(self.clock)[max(0, int(len(self.clock) * 0.95) - 1)]

    @property
    def line(self) -> str:
        said = " / ".join(map(str, self.queries))
        limit = LIST if self.is_list else PAGE
        return (
            f"| {self.path} ({self.role}) | {statistics.median(self.clock):.0f} | {self.p95:.0f} | {limit} | "
            f"{statistics.median(self.processor):.0f} | {said} |"
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
    faces = list(addresses(here, tuple(wish.only.split(","))))
    everything = row_copies.since({})
    faces = ask(here, faces)
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
    ask(here, faces, timed=True)
    slow = sorted(faces, key=lambda face: -face.clock[0])[:CANDIDATES]
    for face in slow:
        face.clock.clear()
        face.processor.clear()
    for _ in range(wish.rounds):
        ask(here, slow, timed=True, counted=False)
    _print(faces, slow, wish)
    if wish.explain:
        _explain(here, sorted(slow, key=lambda face: -face.p95)[: wish.slowest])


def put_below_the_bureau() -> None:
    """Let the director of the bureau stand above every section."""
    bureau = cast.department("区民部", "1000")
    Department.objects.exclude(pk=bureau.pk).filter(parent=None).update(parent=bureau)


def addresses(here: faces_ward.Ward, beginnings: tuple[str, ...] = FACES) -> Iterator[Face]:
    """Yield what is asked: of each page whose name begins so who may see it, of each list its views and orders."""
    lists, clients = _lists(), {role: here.client(role) for role in (*WATCHERS, *here.people)}
    for name, pattern in _routes(get_resolver().url_patterns, "", ""):
        path = _address(here, name, pattern) if name.startswith(FACES) and name.startswith(beginnings) else ""
        if not path:
            continue
        seeing = [role for role in WATCHERS if _get(clients[role], path) == 200]
        roles = seeing or [role for role in clients if role not in WATCHERS and _get(clients[role], path) == 200][:1]
        definition = lists.get(name)
        for role in roles:
            yield Face(name, role, path, is_list=definition is not None)
            for variant in _variants(definition) if definition else ():
                yield Face(name, role, f"{path}?{variant}", is_list=True)


def _routes(patterns: list[Any], before: str, space: str) -> Iterator[tuple[str, str]]:
    """Yield name and pattern of every address."""
    for pattern in patterns:
        route = before + str(pattern.pattern).removeprefix("^").removesuffix("$")
        if isinstance(pattern, URLResolver):
            inner = space + (f"{pattern.namespace}:" if pattern.namespace else "")
            yield from _routes(pattern.url_patterns, route, inner)
        else:
            yield space + (pattern.name or ""), route


def _address(here: faces_ward.Ward, name: str, pattern: str) -> str:
    """Return an address filled in with what it is about; empty where nothing of the kind was made."""
    known = max((start for start in here.about if name.startswith(start)), key=len, default="")
    parts = here.about.get(known, {})
    if any((found[1] or found[2]) not in parts for found in PLACE.finditer(pattern)):
        return ""
    return "/" + PLACE.sub(lambda found: parts[found[1] or found[2]], pattern).replace("\\", "")


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
    for view in list(definition.views)[1:]:
        yield urlencode({"view": view})
    columns = definition.columns if isinstance(definition.columns, tuple) else ()
    for column in columns:
        if column.order:
            yield urlencode({"sort": column.key})
            yield urlencode({"sort": f"-{column.key}"})
    if definition.search_label:
        yield urlencode({"q": "山田 7"})


def ask(here: faces_ward.Ward, faces: list[Face], *, timed: bool = False, counted: bool = True) -> list[Face]:
    """Ask each address once more; return those that were shown."""
    shown, clients = list[Face](), dict[str, Client]()
    cache.clear()
    for face in faces:
        client = clients.setdefault(face.role, here.client(face.role))
        if not counted:
            _time(client, face)
            continue
        asked = list[str]()
        with connection.execute_wrapper(partial(_noted, asked)):
            status = _get(client, face.path)
        if status != 200:
            print(f"{status} {face.path} ({face.role})", flush=True)
            face.queries.append(-1)
        else:
            shown.append(face)
            face.queries.append(len(asked))
        if timed:
            _time(client, face)
    return shown


def _noted(asked: list[str], execute: Callable[..., Any], sql: str, *rest: Any) -> Any:
    asked.append(sql)
    return execute(sql, *rest)


def _time(client: Client, face: Face) -> None:
    begun, used = time.perf_counter(), time.process_time()
    _get(client, face.path)
    face.clock.append((time.perf_counter() - begun) * 1000)
    face.processor.append((time.process_time() - used) * 1000)


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


def _print(faces: list[Face], slow: list[Face], wish: argparse.Namespace) -> None:
    late = [face for face in slow if face.p95 > (LIST if face.is_list else PAGE)]
    print(
        f"{len(faces)} addresses asked; of the slowest {len(slow)}, asked {wish.rounds} times, {len(late)} are late\n"
    )
    print("| address (asked by) | median, ms | p95 | limit | processor | queries: small / tenfold / at size |")
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
