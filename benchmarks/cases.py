"""The clerks' list of cases among 100,000, in one section and in all; and one bulk assignment of 500.

./todoke bench cases [HOW_MANY] [--database sqlite|postgresql|both] [--explain]

Each database is made for the run and thrown away: a SQLite file, and a PostgreSQL cluster with the packaged settings.
With TODOKE_DATABASE set, that empty database is used instead. ``--explain`` shows the plan of the slowest statement.
"""

import argparse
import os
import platform
import sqlite3
import statistics
import subprocess
import sys
import time
from datetime import timedelta

import django
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from tests import cast
from tests.cast import cases as cast_cases

from todoke.accounts.models import User
from todoke.cases import assignment, receipt_numbers
from todoke.cases.models import Case
from todoke.formbuilder.models import Submission
from todoke.japanese.calendar import today
from todoke.proving.cluster import Cluster

ROUNDS = 20
ADDRESSES = [
    "", "?view=mine", "?view=unassigned", "?view=overdue", "?view=correction", "?view=closed", "?view=all",
    "?sort=received", "?sort=-received&view=all", "?sort=name", "?sort=number&view=all", "?q=ヤマダ", "?q=山田 7",
    "?q=高橋 7", "?view=all&q=高橋 7", "?q={number}", "?status=review&channel=post",
    "?view=all&since=2026-06-01&until=2026-06-30",
]  # fmt: skip


def main() -> None:
    asked = argparse.ArgumentParser()
    asked.add_argument("how_many", nargs="?", type=int, default=100_000)
    asked.add_argument("--database", choices=["sqlite", "postgresql", "both"], default="both")
    asked.add_argument("--explain", action="store_true")
    wish = asked.parse_args()
    if os.environ.get("TODOKE_DATABASE") or wish.database == "sqlite":
        _measure(wish.how_many, wish.explain)
    else:
        _each(wish)


def _each(wish: argparse.Namespace) -> None:
    """Measure each database in a process of its own."""
    again = [sys.executable, "-m", "benchmarks", "cases", str(wish.how_many), *(["--explain"] if wish.explain else [])]
    if wish.database == "both":
        subprocess.run([*again, "--database", "sqlite"], check=True)
        print()
    cluster = Cluster(durable=True)
    cluster.create()
    try:
        subprocess.run(again, env={**os.environ, "TODOKE_DATABASE": cluster.address}, check=True)
    finally:
        cluster.remove()


def _version() -> str:
    if connection.vendor == "sqlite":
        return f"SQLite {sqlite3.sqlite_version}"
    with connection.cursor() as cursor:
        cursor.execute("SHOW server_version")
        return f"PostgreSQL {cursor.fetchone()[0]}"


def _measure(how_many: int, explain: bool) -> None:
    call_command("migrate", verbosity=0)
    begin = time.monotonic()
    people, number = _fill(how_many)
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("VACUUM ANALYZE")  # what autovacuum does by itself some minutes after so many rows
    print(f"machine: {os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}, {platform.platform()}")
    print(f"versions: Python {platform.python_version()}, Django {django.__version__}, {_version()}")
    print(f"{how_many:,} cases of ten sections, most of them finished, made in {time.monotonic() - begin:.0f} s")
    print(f"method: test client in one process, {ROUNDS} rounds of {len(ADDRESSES)} addresses after one to warm up\n")
    for name, user in people.items():
        _pages(name, user, number, explain=explain)
    _bulk(people["one section of ten"])


def _fill(how_many: int) -> tuple[dict[str, User], str]:
    """Make cases in bulk, ten sections, most of them finished, as after some years. All people are invented."""
    bureau = cast.department("区民部", "1000")
    counters = [cast_cases.counter(f"第{index}課", f"10{index + 10}") for index in range(10)]
    for counter in counters:
        counter.section.parent = bureau
        counter.section.save()
    director = cast.staff("部長", "director@example.lg.jp", "director", bureau)
    now, day = timezone.now(), today()
    standings = ["granted"] * 16 + ["refused", "received", "review", "correction"]
    kinds = [("山田", "ヤマダ"), ("佐藤", "サトウ"), ("髙橋", "タカハシ"), ("鈴木", "スズキ")]
    for start in range(0, how_many, 10_000):
        block = range(start, min(start + 10_000, how_many))
        at = {index: counters[index % 10] for index in block}
        submissions = Submission.objects.bulk_create(
            Submission(version=at[index].release.form_version, status="submitted", submitted_at=now) for index in block
        )
        cases = []
        for index, submission in zip(block, submissions, strict=True):
            status, (name, kana) = standings[index // 10 % 20], kinds[index % 4]
            closed = status in {"granted", "refused"}
            at_time = now - timedelta(hours=index % 8760)
            cases.append(
                Case(
                    number=receipt_numbers.format_number(2026, index + 1),
                    release=at[index].release, submission=submission,
                    body_hash="0" * 64, department=at[index].section, status=status, channel=["web", "post"][index % 2],
                    applicant_name=f"{name} {index}号", applicant_kana=f"{kana} {index}", happened_at=at_time,
                    received_at=at_time, recorded_at=at_time, decided_at=now if closed else None,
                    decision_reason="理由" if status == "refused" else "",
                    assignee=at[index].clerk if index % 3 else None,
                    due_on=None if closed or status == "correction" else day + timedelta(days=index % 30 - 5),
                )
            )  # fmt: skip
        Case.objects.bulk_create(cases, batch_size=2_000)
    return {"one section of ten": counters[0].clerk, "all ten sections (director)": director}, cases[-1].number


def _client(user: User) -> Client:
    client = Client()
    client.force_login(user, backend="todoke.accounts.equal_work.EqualWorkBackend")
    return client


def _pages(name: str, user: User, number: str, *, explain: bool) -> None:
    client = _client(user)
    took: list[float] = []
    computed: list[float] = []
    worst: dict[str, float] = {}
    slow: dict[str, tuple[float, str]] = {}
    counts = set()
    for address in ADDRESSES:
        path = f"/office/cases/{address.format(number=number)}"
        with CaptureQueriesContext(connection) as queries:
            assert client.get(path).status_code == 200
        counts.add(len(queries))
        slowest = max(queries.captured_queries, key=lambda query: float(query["time"]))
        slow[address or "(open)"] = float(slowest["time"]), slowest["sql"]
        mine = []
        for _ in range(ROUNDS):
            begin, used = time.perf_counter(), time.process_time()
            client.get(path)
            mine.append((time.perf_counter() - begin) * 1000)
            computed.append((time.process_time() - used) * 1000)
        took += mine
        worst[address or "(open)"] = sorted(mine)[int(len(mine) * 0.95) - 1]
    wall, cpu = (sorted(values)[int(len(values) * 0.95) - 1] for values in (took, computed))
    print(f"{name}: p50 {statistics.median(took):.0f} ms, p95 {wall:.0f} ms (aim 150), queries {sorted(counts)}")
    print(f"    of which this process computed: p50 {statistics.median(computed):.0f} ms, p95 {cpu:.0f} ms")
    for address, late in sorted(worst.items(), key=lambda item: -item[1])[:5]:
        print(f"    p95 {late:5.0f} ms  {address}; its slowest statement {slow[address][0] * 1000:.0f} ms")
        if explain:
            _explain(slow[address][1])


def _explain(statement: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(("EXPLAIN QUERY PLAN " if connection.vendor == "sqlite" else "EXPLAIN (ANALYZE) ") + statement)
        print(f"      {statement[:1500]}")
        print("\n".join(f"        {row[-1]}" for row in cursor.fetchall()))


def _bulk(clerk: User) -> None:
    open_cases = Case.objects.filter(department__cases__assignee=clerk, status="received").distinct()
    found = list(open_cases.values_list("number", flat=True)[:500])
    begin = time.monotonic()
    changed = assignment.assign_all(found, clerk, by=clerk)
    print(f"bulk assignment of {changed}: {time.monotonic() - begin:.1f} s (aim 10)")


if __name__ == "__main__":
    main()
