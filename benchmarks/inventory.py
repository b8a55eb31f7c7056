"""The inventory: importing 3,098 and 75,071 rows, and manifest and searching among them.

./todoke bench inventory [PARQUET]    PARQUET: the whole national survey; without it only the shipped rows are measured
"""

import os
import platform
import sqlite3
import statistics
import subprocess
import sys
import time
from importlib import import_module
from pathlib import Path

from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from todoke.accounts.models import User
from todoke.japanese.calendar import today
from todoke.organization.models import Department, Post, Tenure
from todoke.procedures.models import Procedure

ROOT = Path(__file__).resolve().parents[1]
SHIPPED = ROOT / "src/todoke/procedures/data/national_survey_r6_city_halls.csv"
QUERIES = ["犬", "住民票", "児童手当", "届出", "引越し", "建築", "税", "許可 申請", "ゴミ", "免許の更新"]
ROUNDS = 10


def main() -> None:
    place = Path(os.environ["TODOKE_VAR"])
    memory = Path("/proc/meminfo").read_text().split(maxsplit=2)[1]
    print(f"machine: {os.cpu_count()} cores, {int(memory) // 1024:,} MB, {platform.platform()}")
    print(f"versions: Python {platform.python_version()}, SQLite {sqlite3.sqlite_version}")
    print("method: each import in a process of its own on a fresh database; peak memory by wait4; pages by the test")
    print(f"client in one process set up as the server is, {ROUNDS} rounds of each address after one to warm up\n")
    _imports("3,098 rows, CSV", place, SHIPPED, 5)
    if len(sys.argv) > 1:
        for path in _whole(Path(sys.argv[1]), place):
            _imports(f"75,071 rows, {path.suffix[1:].upper()}", place, path, 60)
    _pages()


MAKE_FILES = """
import sys, polars
frame = polars.read_parquet(sys.argv[1]).with_columns(polars.col(polars.Categorical).cast(polars.String))
frame.write_csv(sys.argv[2] + "/whole.csv")
frame.write_excel(sys.argv[2] + "/whole.xlsx", autofit=False)
"""


def _whole(parquet: Path, place: Path) -> list[Path]:
    """Write the whole survey as two files, in a process of its own so that its memory is not counted with ours."""
    subprocess.run([sys.executable, "-c", MAKE_FILES, str(parquet), str(place)], check=True)
    return [place / "whole.csv", place / "whole.xlsx"]


def _run(*arguments: str) -> tuple[float, int, float]:
    begin = time.monotonic()
    process = subprocess.Popen([sys.executable, "-m", "todoke", *arguments], stdout=subprocess.PIPE, text=True)
    assert process.stdout
    said = process.stdout.read().splitlines()
    _, status, usage = os.wait4(process.pid, 0)
    if status:
        raise SystemExit("\n".join(said))
    if said:
        print(f"    {said[-1]}")
    return time.monotonic() - begin, usage.ru_maxrss // 1024, usage.ru_utime + usage.ru_stime


def _imports(name: str, place: Path, path: Path, limit: int) -> None:
    for old in place.glob("todoke.sqlite3*"):
        old.unlink()
    _run("migrate", "--verbosity", "0")
    for attempt in ("first", "second"):
        seconds, megabytes, busy = _run("import", str(path), "--good-rows-only")
        print(
            f"{name}, {attempt} import: {seconds:.1f} s, busy for {busy:.1f} s (limit {limit} s), "
            f"{megabytes} MB (limit 500 MB)"
        )


def _pages() -> None:
    import_module("todoke.wsgi")  # sets up as the server does, its collector too, on the database that is there now
    settings.ALLOWED_HOSTS = ["testserver"]
    user = User.objects.create_user("bench@example.jp", "x", name="計測")
    section = Department.objects.create(code="1", name="計測課")
    post = Post.objects.create(department=section, title="担当", role=Post.Role.CLERK)
    Tenure.objects.create(post=post, user=user, starts_on=today())
    client = Client()
    client.force_login(user)
    print(f"\npages over {Procedure.objects.count():,} procedures")
    asked: list[tuple[str, list[dict[str, str]]]] = [
        ("list", [{}]),
        ("sorted and filtered", [{"sort": "title", "online_status": "2", "kind": "1"}, {"sort": "-updated"}]),
        ("life event", [{"life_event": "07"}]),
        ("search", [{"q": query} for query in QUERIES]),
    ]
    for name, parameters in asked:
        times, counts = [], set()
        for attempt in range(ROUNDS + 1):
            for query in parameters:
                begin = time.perf_counter()
                with CaptureQueriesContext(connection) as queries:
                    response = client.get("/office/procedures/", query)
                assert response.status_code == 200, response.status_code
                if attempt:
                    times.append((time.perf_counter() - begin) * 1000)
                    counts.add(len(queries))
        p95 = statistics.quantiles(times, n=20)[-1]
        print(f"{name}: median {statistics.median(times):.0f} ms, p95 {p95:.0f} ms (limit 100 ms), queries {counts}")


if __name__ == "__main__":
    main()
