"""The clerks' list of cases among 100,000, in one section and in all; and one bulk assignment of 500.

./todoke bench cases [HOW_MANY]

Uses TODOKE_DATABASE when it is set (an empty PostgreSQL database), otherwise a SQLite database of its own.
"""

import os
import platform
import shutil
import statistics
import sys
import tempfile
import time
from datetime import timedelta
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
PLACE = tempfile.mkdtemp(prefix="todoke-bench-")
os.environ.update(
    TODOKE_VAR=PLACE, TODOKE_DEMO="1", DJANGO_SETTINGS_MODULE="todoke.settings", TODOKE_HOSTS="testserver"
)
sys.path[:0] = [str(ROOT / "src"), str(ROOT)]

import django  # noqa: E402 - the settings must be chosen first

django.setup()

from django.core.management import call_command  # noqa: E402 - needs the settings
from django.db import connection  # noqa: E402 - needs the settings
from django.test import Client  # noqa: E402 - needs the settings
from django.test.utils import CaptureQueriesContext  # noqa: E402 - needs the settings
from django.utils import timezone  # noqa: E402 - needs the settings
from tests import cast, cast_cases  # noqa: E402 - needs the settings

from todoke.accounts.models import User  # noqa: E402 - needs the settings
from todoke.cases import desks, numbers  # noqa: E402 - needs the settings
from todoke.cases.models import Case  # noqa: E402 - needs the settings
from todoke.formbuilder.models import Submission  # noqa: E402 - needs the settings
from todoke.japanese.calendar import today  # noqa: E402 - needs the settings

ROUNDS = 20
ADDRESSES = [
    "", "?view=mine", "?view=unassigned", "?view=overdue", "?view=correction", "?view=closed", "?view=all",
    "?sort=received", "?sort=-received&view=all", "?sort=name", "?sort=number&view=all", "?q=ヤマダ", "?q=山田 7",
    "?q={number}", "?status=review&channel=post", "?view=all&since=2026-06-01&until=2026-06-30",
]  # fmt: skip


def main() -> None:
    call_command("migrate", verbosity=0)
    how_many = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
    try:
        begin = time.monotonic()
        people, number = _fill(how_many)

        print(f"machine: {os.cpu_count()} cores, {platform.platform()}, Python {platform.python_version()}")
        print(f"database: {connection.vendor}; {how_many:,} cases made in {time.monotonic() - begin:.0f} s")
        print(
            f"method: test client in one process, {ROUNDS} rounds of {len(ADDRESSES)} addresses after one to warm up\n"
        )
        for name, user in people.items():
            _pages(name, user, number)
        _bulk(people["one section of ten"])
    finally:
        shutil.rmtree(PLACE)


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
                    number=numbers.written(2026, index + 1), release=at[index].release, submission=submission,
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
    client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
    return client


def _pages(name: str, user: User, number: str) -> None:

    client = _client(user)
    took: list[float] = []
    computed: list[float] = []
    worst: dict[str, float] = {}
    counts = set()
    for address in ADDRESSES:
        path = f"/office/cases/{address.format(number=number)}"
        with CaptureQueriesContext(connection) as queries:
            assert client.get(path).status_code == 200
        counts.add(len(queries))
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
    for address, slow in sorted(worst.items(), key=lambda item: -item[1])[:5]:
        print(f"    p95 {slow:5.0f} ms  {address}")


def _bulk(clerk: User) -> None:

    open_cases = Case.objects.filter(department__cases__assignee=clerk, status="received").distinct()
    found = list(open_cases.values_list("number", flat=True)[:500])
    begin = time.monotonic()
    changed = desks.assign_all(found, clerk, by=clerk)
    print(f"bulk assignment of {changed}: {time.monotonic() - begin:.1f} s (aim 10)")


if __name__ == "__main__":
    main()
