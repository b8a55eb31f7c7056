"""A job is done once, by one worker, however often workers die."""

from datetime import timedelta

import pytest
from django.db import transaction
from django.utils import timezone
from django_tasks import TaskResultStatus

from tests.jobs import tasks
from todoke.jobs.models import ATTEMPTS, Job, backoff
from todoke.jobs.worker import Worker, perform

pytestmark = pytest.mark.django_db


def later(job: Job, **delta: float) -> None:
    Job.objects.filter(pk=job.pk).update(
        run_after=timezone.now() - timedelta(**delta), leased_until=timezone.now() - timedelta(**delta)
    )


def taken(worker: str = "一号") -> Job:
    job = Job.objects.lease_next(worker)
    assert job is not None
    return job


def test_an_enqueued_task_runs_and_is_marked_done() -> None:
    result = tasks.note.enqueue(7)
    assert Worker(until_idle=True).run() == 1
    result.refresh()
    assert result.status == TaskResultStatus.SUCCESSFUL
    assert tasks.NOTED.pop() == 7


def test_a_rolled_back_request_leaves_no_job() -> None:
    with transaction.atomic():
        tasks.note.enqueue(1)
        transaction.set_rollback(True)
    assert not Job.objects.exists()


def test_a_job_is_leased_to_one_worker_only() -> None:
    tasks.note.enqueue(1)
    taken()
    assert Job.objects.lease_next("二号") is None


def test_the_job_of_a_dead_worker_is_taken_again_and_the_dead_one_cannot_finish_it() -> None:
    tasks.note.enqueue(1)
    first = taken("一号")
    later(first, seconds=1)
    second = taken("二号")
    assert second.attempts == 2
    assert not first.finish()
    assert not first.extend_lease()
    assert second.finish()


def test_urgent_jobs_come_first() -> None:
    tasks.note.enqueue(1)
    tasks.note.using(priority=10).enqueue(2)
    assert taken().args == [2]


def test_a_job_for_later_waits() -> None:
    tasks.note.using(run_after=timezone.now() + timedelta(hours=1)).enqueue(1)
    assert Job.objects.lease_next("一号") is None


def test_a_failing_job_waits_longer_each_time_and_becomes_a_dead_letter() -> None:
    tasks.stumble.enqueue("極秘 花子")
    for attempt in range(1, ATTEMPTS + 1):
        job = taken()
        assert job.attempts == attempt
        assert not perform(job)
        later(job, seconds=1)
    dead = Job.objects.dead().get()
    assert "ValueError" in dead.failure
    assert "花子" not in dead.failure, "what people typed stays out of the record of failures"
    assert dead.retry()
    assert taken().attempts == 1


def test_the_pause_doubles_up_to_an_hour() -> None:
    assert [backoff(n).total_seconds() for n in (1, 2, 3, 20)] == [10, 20, 40, 3600]


def test_a_job_whose_workers_always_die_is_given_up() -> None:
    tasks.note.enqueue(1)
    for _ in range(ATTEMPTS):
        later(taken(), seconds=1)
    assert not perform(taken())
    assert "Lost" in Job.objects.dead().get().failure
