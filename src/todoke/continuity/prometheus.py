"""Metrics 監視の数値: the figures of this machine in the text format of Prometheus."""

from collections.abc import Callable, Iterator

from django.conf import settings
from django.db import DatabaseError, InterfaceError
from django.utils import timezone

from todoke.continuity import backup, offline_submissions
from todoke.continuity.backup_repository import BackupRepository
from todoke.jobs.models import Job
from todoke.notices.models import Delivery
from todoke.runtime.build_identity import build_identity
from todoke.runtime.observability.request_metrics import BUCKETS, request_metrics
from todoke.runtime.read_only_mode import manual_switch

CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8"


def _family(name: str, kind: str, help_text: str, *samples: tuple[str, float]) -> Iterator[str]:
    yield f"# HELP todoke_{name} {help_text}"
    yield f"# TYPE todoke_{name} {kind}"
    yield from (f"todoke_{name}{labels} {value:g}" for labels, value in samples)


def _requests() -> Iterator[str]:
    figures = list(request_metrics.figures())
    counts = [
        (f'{{face="{it.face}",status="{name}"}}', float(count)) for it in figures for name, count in it.statuses.items()
    ]
    yield from _family("requests_total", "counter", "Answered requests by face and class of status.", *counts)
    yield "# HELP todoke_request_seconds Duration of requests."
    yield "# TYPE todoke_request_seconds histogram"
    for it in figures:
        total = 0
        for bound, count in zip((*map(str, BUCKETS), "+Inf"), it.buckets, strict=True):
            total += count
            yield f'todoke_request_seconds_bucket{{face="{it.face}",le="{bound}"}} {total}'
        yield f'todoke_request_seconds_sum{{face="{it.face}"}} {it.seconds:g}'
        yield f'todoke_request_seconds_count{{face="{it.face}"}} {total}'
    shed = ("", float(request_metrics.shed_total()))
    yield from _family("shed_total", "counter", "Newcomers who were asked to come again.", shed)


def work_figures() -> Iterator[str]:
    """Yield what the database tells of jobs and notices. Raises DatabaseError, InterfaceError."""
    states = [(f'{{status="{it.value}"}}', float(Job.objects.filter(status=it).count())) for it in Job.Status]
    oldest = Job.objects.due().order_by("run_after").first()
    failed = Delivery.objects.filter(status=Delivery.Status.FAILED).count()
    late = (timezone.now() - oldest.run_after).total_seconds() if oldest else 0.0
    yield from _family("jobs", "gauge", "Background jobs by status.", *states)
    yield from _family("oldest_job_seconds", "gauge", "How long the oldest due job has waited.", ("", max(late, 0.0)))
    yield from _family("notices_failed", "gauge", "Notices that could not be delivered.", ("", failed))


def _database(work: Callable[[], Iterator[str]]) -> Iterator[str]:
    try:
        told, answers = list(work()), True
    except (DatabaseError, InterfaceError):
        told, answers = [], False
    yield from _family("database_up", "gauge", "Whether the database answers.", ("", answers))
    yield from told


def _machine() -> Iterator[str]:
    yield from _family("read_only", "gauge", "Whether an operator switched to read-only.", ("", bool(manual_switch())))
    waiting = offline_submissions.count_pending()
    yield from _family("deposits_waiting", "gauge", "Deposits of this machine not taken in yet.", ("", waiting))
    stamps = BackupRepository(settings.BACKUPS, b"").stamps() if settings.BACKUPS else []
    if stamps:
        age = (timezone.now() - backup.taken_at(stamps[-1])).total_seconds()
        yield from _family("backup_age_seconds", "gauge", "Age of the newest backup.", ("", age))
    build = (f'{{build="{build_identity()}"}}', 1.0)
    yield from _family("build_info", "gauge", "Identity of the delivered source.", build)


def exposition(*, work: Callable[[], Iterator[str]] = work_figures) -> str:
    """Return all figures as text; without those of ``work`` while the database does not answer."""
    return "\n".join([*_requests(), *_database(work), *_machine(), ""])
