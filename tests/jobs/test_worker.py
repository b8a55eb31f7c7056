"""Real worker processes: killed ones lose nothing, polite ones finish what they hold, rivals share."""

import os
import signal
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection, connections

from tests.jobs import tasks
from todoke.jobs.models import Job

ROOT = Path(__file__).resolve().parents[2]
Start = Callable[..., "subprocess.Popen[bytes]"]
pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]


@pytest.fixture
def start(tmp_path: Path) -> Iterator[Start]:
    """Starts ``./todoke worker`` as a process of its own on the test's database."""
    running: list[subprocess.Popen[bytes]] = []

    def begin(*options: str) -> "subprocess.Popen[bytes]":
        place = connection.settings_dict
        address = str(place["NAME"])
        if connection.vendor == "postgresql":
            address = f"postgresql://{place['USER']}@{place['HOST']}:{place['PORT']}/{place['NAME']}"
        command = [sys.executable, "-m", "todoke", "worker", "--pause", "0.05", *options]
        environment = os.environ | {
            "TODOKE_DATABASE": address,
            "TODOKE_VAR": str(tmp_path),
            "TODOKE_SECRET_KEY": settings.SECRET_KEY,
            "PYTHONPATH": f"{ROOT / 'src'}:{ROOT}",
        }
        running.append(subprocess.Popen(command, env=environment, cwd=ROOT, stdout=subprocess.PIPE))
        return running[-1]

    yield begin
    for process in running:
        process.kill()
        process.communicate()


def until(what: Callable[[], bool], seconds: float = 20) -> None:
    end = time.monotonic() + seconds
    while not what():
        assert time.monotonic() < end, "it did not happen in time"
        time.sleep(0.05)


@pytest.mark.postgresql
def test_the_job_of_a_killed_worker_is_taken_again_after_its_lease(start: Start, tmp_path: Path) -> None:
    marks = tmp_path / "marks"
    tasks.linger.enqueue(str(marks), 3.0)
    first = start("--lease", "2")
    until(marks.exists)
    first.send_signal(signal.SIGKILL)
    first.wait()
    assert Job.objects.get().status == Job.Status.RUNNING, "nobody told the database that the worker is dead"
    start("--lease", "2")
    until(lambda: Job.objects.get().status == Job.Status.DONE)
    assert marks.read_text().split() == ["begun", "begun", "ended"]
    assert Job.objects.get().attempts == 2


@pytest.mark.postgresql
def test_a_long_job_keeps_its_lease_by_its_heartbeat(start: Start, tmp_path: Path) -> None:
    marks = tmp_path / "marks"
    tasks.linger.enqueue(str(marks), 3.0)
    start("--lease", "1")
    start("--lease", "1")
    until(lambda: Job.objects.get().status == Job.Status.DONE)
    assert marks.read_text().split() == ["begun", "ended"]


@pytest.mark.postgresql
def test_a_worker_asked_to_stop_finishes_the_job_in_hand_and_takes_no_other(start: Start, tmp_path: Path) -> None:
    marks = tmp_path / "marks"
    tasks.linger.enqueue(str(marks), 1.0)
    tasks.linger.enqueue(str(marks), 1.0)
    worker = start()
    until(marks.exists)
    worker.send_signal(signal.SIGTERM)
    assert worker.wait(timeout=10) == 0
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
