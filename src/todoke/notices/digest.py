"""Digest まとめ: a daily mail to administrators about failed deliveries and dead jobs."""

from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone

from todoke.accounts.actors import System
from todoke.accounts.models import User
from todoke.japanese.calendar import business_date, format_date
from todoke.jobs.models import Job
from todoke.notices.models import Delivery
from todoke.notices.outbox import Recipient, enqueue
from todoke.organization.models import Tenure

CODE = "failure-digest"
LINES = 100


def failures(since: datetime) -> list[str]:
    """Return one line for each delivery and job that failed since an instant, without names or addresses."""
    found = (
        Delivery.objects.failed().filter(settled_at__gte=since).exclude(message__code=CODE).select_related("message")
    )
    lines = [
        f"・{failed.message.about} {failed.message.code} {failed.get_status_display()} {failed.problem}"
        for failed in found.order_by("settled_at")
    ]
    dead = Job.objects.dead().filter(finished_at__gte=since).order_by("finished_at")
    return lines + [f"・予約作業 {job.task} {job.token[:8]} 断念" for job in dead]


@transaction.atomic
def send_digest(now: datetime | None = None) -> int:
    """Mail every administrator what failed in the last 24 hours; return how many digests were sent.

    Idempotent: a person gets one digest per business date.
    """
    now = now or timezone.now()
    lines, day = failures(now - timedelta(hours=24)), format_date(business_date(now))
    if not lines:
        return 0
    shown = "\n".join(lines[:LINES]) + (f"\nほか{len(lines) - LINES}件" if len(lines) > LINES else "")
    held = Tenure.objects.current().administrators()
    people = User.objects.filter(tenures__in=held, is_active=True).distinct()
    told = people.filter(messages__code=CODE, messages__about=day)
    fresh = people.exclude(pk__in=told)
    for person in fresh:
        enqueue(
            CODE,
            to=Recipient.of(person),
            context={"count": len(lines), "day": day, "lines": shown},
            about=day,
            by=System(),
        )
    return len(fresh)
