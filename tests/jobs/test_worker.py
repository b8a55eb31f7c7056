"""Real worker processes: killed ones lose nothing, polite ones finish what they hold, rivals share."""

import os
import re
import signal
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection, connections
from django.utils import timezone

from tests.jobs import tasks
from todoke.continuity.checks.work import given_up_jobs
from todoke.continuity.health_checks import CheckState
from todoke.jobs.backend import task_named
from todoke.jobs.models import Job
from todoke.jobs.priority import Priority
from todoke.jobs.queues import LONG, SHORT
from todoke.jobs.worker import GIVEN_UP, Heartbeat
from todoke.runtime.build_identity import build_identity
from todoke.runtime.models import InstalledBuild

ROOT = Path(__file__).resolve().parents[2]
TASKS = sorted(
    f"todoke.{path.parent.name}.tasks.{name}"
    for path in (ROOT / "src" / "todoke").glob("*/tasks.py")
    for name in re.findall(r"^@task\(.*\)\ndef (\w+)\(", path.read_text(), re.MULTILINE)
)
Start = Callable[..., "subprocess.Popen[bytes]"]
pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]


@pytest.fixture
def start(tmp_path: Path) -> Iterator[Start]:
    """Starts ``./todoke worker`` on the test's database, as one process for the short queue unless told otherwise."""
    running: list[subprocess.Popen[bytes]] = []

    def begin(*options: str, https: str = "0", queue: str = SHORT) -> "subprocess.Popen[bytes]":
        place = connection.settings_dict
        address = str(place["NAME"])
        if connection.vendor == "postgresql":
            address = f"postgresql://{place['USER']}@{place['HOST']}:{place['PORT']}/{place['NAME']}"
        command = [sys.executable, "-m", "todoke", "worker", "--pause", "0.05", *options]
        command += ["--queue", queue] if queue else []
        environment = os.environ | {
            "TODOKE_DATABASE": address,
            "TODOKE_VAR": str(tmp_path),
            "TODOKE_SECRET_KEY": settings.SECRET_KEY,
            "TODOKE_HTTPS": https,
            "PYTHONPATH": f"{ROOT / 'src'}:{ROOT}",
        }
        running.append(
            subprocess.Popen(command, env=environment, cwd=ROOT, stdout=subprocess.PIPE, start_new_session=True)
        )
        return running[-1]

    yield begin
    for process in running:
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.communicate()


def until(what: Callable[[], bool]) -> None:
    """Wait for something that will happen, on any machine; the limit only ends a test that hangs."""
    end = time.monotonic() + 240
    while not what():
        assert time.monotonic() < end, "it did not happen in time"
        time.sleep(0.05)


def children(pid: int | str) -> list[str]:
    return Path(f"/proc/{pid}/task/{pid}/children").read_text().split()


@pytest.mark.postgresql
def test_the_job_of_a_killed_worker_is_taken_again_after_its_lease(start: Start, tmp_path: Path) -> None:
    marks, gate = tmp_path / "marks", tmp_path / "gate"
    tasks.linger.enqueue(str(marks), str(gate))
    first = start()
    until(marks.exists)
    first.send_signal(signal.SIGKILL)
    first.wait()
    assert Job.objects.get().status == Job.Status.RUNNING, "nobody told the database that the worker is dead"
    gate.touch()
    Job.objects.update(leased_until=timezone.now())
    start()
    until(lambda: Job.objects.get().status == Job.Status.DONE)
    assert marks.read_text().split() == ["begun", "begun", "ended"]
    assert Job.objects.get().attempts == 2


@pytest.mark.postgresql
def test_a_mail_does_not_wait_behind_a_calculation_on_a_machine_with_one_worker(start: Start, tmp_path: Path) -> None:
    marks, gate = tmp_path / "marks", tmp_path / "gate"
    calculations = [tasks.linger.using(queue_name=LONG).enqueue(str(marks), str(gate)) for _ in range(2)]
    worker = start(queue="")
    until(marks.exists)
    [forking] = children(worker.pid)
    until(lambda: len(children(forking)) == 1)
    tasks.note.enqueue(1)
    until(lambda: Job.objects.get(task__contains="note").status == Job.Status.DONE)
    states = Job.objects.filter(queue=LONG).order_by("pk").values_list("status", flat=True)
    assert list(states) == ["running", "waiting"], "one calculation at a time"
    gate.touch()
    until(lambda: Job.objects.filter(status=Job.Status.DONE).count() == 1 + len(calculations))
    until(lambda: not children(forking))
    worker.send_signal(signal.SIGTERM)
    assert worker.wait(timeout=240) == 0
    until(lambda: not Path(f"/proc/{forking}").exists())


def test_a_table_is_sorted_beside_a_calculation_after_the_worker_has_sorted_one(start: Start, tmp_path: Path) -> None:
    marks, gate = tmp_path / "marks", tmp_path / "gate"
    tasks.sort_table.enqueue()
    start(queue="")
    until(lambda: Job.objects.get().status == Job.Status.DONE)
    tasks.linger.using(queue_name=LONG).enqueue(str(marks), str(gate))
    until(marks.exists)
    tasks.sort_table.enqueue()
    until(lambda: Job.objects.filter(status=Job.Status.DONE).count() == 2)
    gate.touch()
    until(lambda: not Job.objects.exclude(status=Job.Status.DONE).exists())


def test_the_second_process_ends_with_a_worker_that_is_killed(start: Start, tmp_path: Path) -> None:
    marks, gate = tmp_path / "marks", tmp_path / "gate"
    tasks.linger.using(queue_name=LONG).enqueue(str(marks), str(gate))
    worker = start(queue="")
    until(marks.exists)
    [forking] = children(worker.pid)
    until(lambda: bool(children(forking)))
    [supervisor] = children(forking)
    worker.send_signal(signal.SIGKILL)
    worker.wait()
    until(lambda: not any(Path(f"/proc/{pid}").exists() for pid in (forking, supervisor)))


@pytest.mark.sqlite
def test_what_a_person_orders_and_what_can_take_minutes_has_the_long_queue() -> None:
    long = {path for path in TASKS if task_named(path).queue_name == LONG}
    assert {path for path in TASKS if task_named(path).priority == Priority.INTERACTIVE} - long == {
        "todoke.cases.tasks.mail_access_code"
    }
    assert "todoke.flows.tasks.simulate" in long
    assert "todoke.notices.tasks.deliver" not in long


@pytest.mark.postgresql
def test_a_long_job_keeps_its_lease_by_its_heartbeat() -> None:
    tasks.note.enqueue(1)
    job = Job.objects.lease_next("一号")
    assert job is not None
    Job.objects.update(leased_until=timezone.now())
    with Heartbeat(job, timedelta(hours=1), every=0.01):
        until(lambda: Job.objects.filter(leased_until__gt=timezone.now() + timedelta(minutes=30)).exists())
    assert Job.objects.lease_next("二号") is None
    assert job.finish()


@pytest.mark.postgresql
def test_a_job_that_never_returns_is_given_up_told_and_tried_again(start: Start, tmp_path: Path) -> None:
    marks, gate = tmp_path / "marks", tmp_path / "gate"
    tasks.linger.enqueue(str(marks), str(gate))
    assert start("--limit", "1", "--lease", "1").wait(timeout=240) == GIVEN_UP
    job = Job.objects.get()
    assert job.status == Job.Status.WAITING
    assert "TimeLimitExceeded" in job.failure
    assert given_up_jobs().state is CheckState.WARNING
    gate.touch()
    Job.objects.update(run_after=timezone.now())
    start()
    until(lambda: Job.objects.get().status == Job.Status.DONE)
    assert given_up_jobs().state is CheckState.OK


def test_t47_a_worker_of_another_build_takes_no_job(start: Start) -> None:
    InstalledBuild.objects.create(build="newer", completed_at=timezone.now())
    tasks.note.enqueue(1)
    assert start("--until-idle", https="1").wait(timeout=240) == 0
    assert Job.objects.get().status == Job.Status.WAITING
    InstalledBuild.objects.create(build=build_identity(), completed_at=timezone.now())
    assert start("--until-idle", https="1").wait(timeout=240) == 0
    assert Job.objects.get(task__contains="note").status == Job.Status.DONE


@pytest.mark.postgresql
def test_a_worker_asked_to_stop_finishes_the_job_in_hand_and_takes_no_other(start: Start, tmp_path: Path) -> None:
    marks, gate = tmp_path / "marks", tmp_path / "gate"
    for _ in range(2):
        tasks.linger.enqueue(str(marks), str(gate))
    worker = start()
    until(marks.exists)
    worker.send_signal(signal.SIGTERM)
    gate.touch()
    assert worker.wait(timeout=240) == 0
    assert sorted(Job.objects.values_list("status", flat=True)) == ["done", "waiting"]
    assert marks.read_text().split() == ["begun", "ended"]


@pytest.mark.postgresql
def test_eight_rivals_take_two_hundred_jobs_once_each() -> None:
    for number in range(200):
        tasks.note.enqueue(number)
    taken: list[int] = []

    def rival(name: str) -> None:
        while (job := Job.objects.lease_next(name)) is not None:
            taken.append(job.pk)
            assert job.finish()
        connections.close_all()

    threads = [threading.Thread(target=rival, args=(f"{n}号",)) for n in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(taken) == 200
    assert set(Counter(taken).values()) == {1}
