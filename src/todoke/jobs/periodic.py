"""Periodic tasks 定期作業: enqueues the tasks of ``settings.PERIODIC`` when due, each run once, by one worker."""

from datetime import datetime, time, timedelta

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from todoke.japanese.calendar import JAPAN
from todoke.jobs.backend import task_named
from todoke.jobs.models import PeriodicTask
from todoke.jobs.priority import Priority


def next_run(schedule: timedelta | time, now: datetime) -> datetime:
    """Return the next run of a schedule: after an interval, or daily at a time of day in Japan."""
    if isinstance(schedule, timedelta):
        return now + schedule
    local = now.astimezone(JAPAN)
    run = datetime.combine(local.date(), schedule, JAPAN)
    return run if run > local else run + timedelta(days=1)


def enqueue_due(now: datetime | None = None) -> list[str]:
    """Enqueue every periodic task that is due; return their names. Missed runs are not made up for."""
    now = now or timezone.now()
    done = []
    for name, (path, schedule) in settings.PERIODIC.items():
        row, fresh = PeriodicTask.objects.get_or_create(name=name, defaults={"next_at": next_run(schedule, now)})
        if fresh or row.next_at > now:
            continue
        with transaction.atomic():
            mine = PeriodicTask.objects.filter(pk=row.pk, next_at=row.next_at).update(next_at=next_run(schedule, now))
            if mine:
                task_named(path).using(priority=Priority.SCHEDULED).enqueue()
                done.append(name)
    return done
