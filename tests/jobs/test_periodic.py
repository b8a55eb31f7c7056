"""Periodic work is enqueued once per tick, however many workers look."""

from datetime import UTC, datetime, time, timedelta

import pytest

from todoke.jobs.backend import task_named
from todoke.jobs.models import Job
from todoke.jobs.periodic import enqueue_due, next_run
from todoke.jobs.priority import Priority
from todoke.runtime.rooms import periodic_tasks

NOON = datetime(2026, 11, 22, 3, 0, tzinfo=UTC)


def test_a_daily_time_is_japans() -> None:
    assert next_run(time(6, 30), NOON) == datetime(2026, 11, 22, 21, 30, tzinfo=UTC)
    assert next_run(time(12, 30), NOON) == datetime(2026, 11, 22, 3, 30, tzinfo=UTC)


@pytest.mark.django_db
def test_a_tick_is_enqueued_once_and_missed_ticks_are_not_made_up_for() -> None:
    tasks = {"試験": ("tests.jobs.tasks.note", timedelta(minutes=1))}
    assert enqueue_due(NOON, tasks=tasks) == []
    assert enqueue_due(NOON + timedelta(minutes=30), tasks=tasks) == ["試験"]
    assert enqueue_due(NOON + timedelta(minutes=30), tasks=tasks) == []
    assert Job.objects.get().priority == Priority.SCHEDULED


@pytest.mark.parametrize("name", periodic_tasks())
def test_every_task_that_a_room_declares_exists(name: str) -> None:
    path, _ = periodic_tasks()[name]
    assert task_named(path).module_path == path
