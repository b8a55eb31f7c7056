"""Periodic tasks 定期作業: enqueues the tasks that rooms declare when due, each run once, by one worker."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone

from todoke.japanese.calendar import JAPAN
from todoke.jobs.backend import task_named
from todoke.jobs.models import PeriodicTask
from todoke.jobs.priority import Priority
from todoke.runtime.rooms import Schedule, periodic_tasks


def next_run(schedule: Schedule, now: datetime) -> datetime:
    """Return the next run of a schedule: after an interval, or daily at a time of day in Japan."""
    if isinstance(schedule, timedelta):
        return now + schedule
    local = now.astimezone(JAPAN)
    run = datetime.combine(local.date(), schedule, JAPAN)
    return run if run > local else run + timedelta(days=1)


def enqueue_due(now: datetime | None = None, *, tasks: Mapping[str, tuple[str, Schedule]] | None = None) -> list[str]:
    """Enqueue every periodic task that is due; return their names. Missed runs are not made up for."""
    now, tasks = now or timezone.now(), periodic_tasks() if tasks is None else tasks
    done = []
    for name, (path, schedule) in tasks.items():
        row, fresh = PeriodicTask.objects.get_or_create(name=name, defaults={"next_at": next_run(schedule, now)})
        if fresh or row.next_at > now:
            continue
        with transaction.atomic():
            mine = PeriodicTask.objects.filter(pk=row.pk, next_at=row.next_at).update(next_at=next_run(schedule, now))
            if mine:
                task_named(path).using(priority=Priority.SCHEDULED).enqueue()
                done.append(name)
    return done
