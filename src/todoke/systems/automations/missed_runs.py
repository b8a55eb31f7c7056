"""Missed runs 実行の漏れ: automations that should have reported by now, with an alarm once for each time."""

from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone

from todoke.systems import signals
from todoke.systems.automations.alarms import tell_missed
from todoke.systems.models.automation import Automation
from todoke.systems.models.automation_run import AutomationRun, MissedRun

BACK = timedelta(days=40)


def find_missed(now: datetime | None = None) -> int:
    """Record and tell every run that was due, at work automations only; idempotent. Returns how many are new."""
    until, found = now or timezone.now(), 0
    for automation in Automation.objects.filter(status=Automation.Status.RUNNING).exclude(cycle=Automation.Cycle.NONE):
        for moment in _unreported(automation, until):
            with transaction.atomic():
                _, is_new = MissedRun.objects.get_or_create(automation=automation, due_at=moment)
                if is_new:
                    tell_missed(automation, moment)
                    signals.automation_missed.send(Automation, automation=automation, due_at=moment)
                    found += 1
    return found


def _unreported(automation: Automation, until: datetime) -> list[datetime]:
    schedule = automation.schedule
    if schedule is None or automation.activated_at is None:
        return []
    since = max(automation.activated_at, until - BACK)
    runs = AutomationRun.objects.filter(automation=automation, started_at__gte=since - BACK)
    starts = list(runs.values_list("started_at", flat=True))
    return [
        moment
        for moment in schedule.due_moments(since, until)
        if not any(schedule.previous(moment) + schedule.grace < at <= moment + schedule.grace for at in starts)
    ]
