"""Periodic work 定期作業: a table says which task runs how often; each tick is enqueued once, by one worker."""

from datetime import datetime, time, timedelta

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from todoke.japanese.calendar import JAPAN
from todoke.jobs.backend import task_named
from todoke.jobs.models import Rhythm
from todoke.jobs.priority import Urgency


def next_tick(rhythm: timedelta | time, now: datetime) -> datetime:
    """Return the next moment of a rhythm: every so often, or every day at a time of day in Japan."""
    if isinstance(rhythm, timedelta):
        return now + rhythm
    local = now.astimezone(JAPAN)
    tick = datetime.combine(local.date(), rhythm, JAPAN)
    return tick if tick > local else tick + timedelta(days=1)


def enqueue_due(now: datetime | None = None) -> list[str]:
    """Enqueue every periodic task whose time has come; return their names. Missed ticks are not made up for."""
    now = now or timezone.now()
    done = []
    for name, (path, rhythm) in settings.PERIODIC.items():
        row, fresh = Rhythm.objects.get_or_create(name=name, defaults={"next_at": next_tick(rhythm, now)})
        if fresh or row.next_at > now:
            continue
        with transaction.atomic():
            mine = Rhythm.objects.filter(pk=row.pk, next_at=row.next_at).update(next_at=next_tick(rhythm, now))
            if mine:
                task_named(path).using(priority=Urgency.PUNCTUAL).enqueue()
                done.append(name)
    return done
