"""Jobs 予約作業: a queue in the database; workers lease jobs, and an expired lease lets another worker take over."""

import traceback
from datetime import datetime, timedelta
from typing import Any

from django.db import connection, models, transaction
from django.db.models import F, Q
from django.utils import timezone
from django.utils.crypto import get_random_string

LEASE = timedelta(seconds=60)
ATTEMPTS = 8


def new_token() -> str:
    """Return a random token of 32 characters."""
    return get_random_string(32)


def backoff(attempts: int) -> timedelta:
    """Return the delay after the n-th failed attempt: 10 s, 20 s, 40 s ... at most one hour."""
    return min(timedelta(seconds=10 * 2 ** (attempts - 1)), timedelta(hours=1))


def format_trace(error: BaseException) -> str:
    """Return the class and the stack of an error, without its message, which could hold personal data."""
    places = [f"{frame.filename}:{frame.lineno} {frame.name}" for frame in traceback.extract_tb(error.__traceback__)]
    return "\n".join([f"{type(error).__module__}.{type(error).__qualname__}", *places])


class JobQuerySet(models.QuerySet["Job"]):
    def due(self, now: datetime | None = None) -> "JobQuerySet":
        """Jobs that a worker may lease now: waiting ones that are due, and running ones with an expired lease."""
        now = now or timezone.now()
        return self.filter(
            Q(status=Job.Status.WAITING, run_after__lte=now) | Q(status=Job.Status.RUNNING, leased_until__lte=now)
        )

    def dead(self) -> "JobQuerySet":
        """Jobs that failed in their last attempt (断念)."""
        return self.filter(status=Job.Status.DEAD)

    def lease_next(self, worker: str, *, queues: tuple[str, ...] = (), lease: timedelta = LEASE) -> "Job | None":
        """Lease the due job of highest priority to a worker, or return None. Two workers never hold the same lease."""
        for _ in range(5):
            with transaction.atomic():
                now = timezone.now()
                waiting = self.due(now).order_by("-priority", "run_after", "pk")
                if queues:
                    waiting = waiting.filter(queue__in=queues)
                if connection.features.has_select_for_update_skip_locked:
                    waiting = waiting.select_for_update(skip_locked=True)
                job = waiting.first()
                if job is None:
                    return None
                if job._lease(worker, now, lease):  # noqa: SLF001 - the queryset of its own class
                    return job
        return None


class Job(models.Model):
    """予約作業: one queued call of a task. Its arguments are identifiers only, never personal data."""

    class Status(models.TextChoices):
        WAITING = "waiting", "待機中"
        RUNNING = "running", "実行中"
        DONE = "done", "完了"
        DEAD = "dead", "断念"

    token = models.CharField("整理番号", max_length=32, unique=True, default=new_token)
    task = models.CharField("作業", max_length=200)
    queue = models.CharField("列", max_length=32, default="default")
    priority = models.SmallIntegerField("優先度", default=0)
    args = models.JSONField("引数", default=list)
    kwargs = models.JSONField("名前付き引数", default=dict)
    status = models.CharField("状態", max_length=10, choices=Status.choices, default=Status.WAITING)
    attempts = models.PositiveSmallIntegerField("試行回数", default=0)
    run_after = models.DateTimeField("実行時刻", default=timezone.now)
    worker = models.CharField("担当ワーカー", max_length=80, blank=True)
    leased_until = models.DateTimeField("貸出期限", null=True)
    enqueued_at = models.DateTimeField("登録日時", auto_now_add=True)
    started_at = models.DateTimeField("開始日時", null=True)
    last_attempted_at = models.DateTimeField("最終試行日時", null=True)
    finished_at = models.DateTimeField("終了日時", null=True)
    failure = models.TextField("失敗の場所", blank=True)

    objects = JobQuerySet.as_manager()

    class Meta:
        verbose_name = "予約作業"
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(status="running") | Q(leased_until__isnull=False), name="jobs_a_running_job_has_a_lease"
            ),
        ]
        indexes = [
            models.Index(
                fields=["-priority", "run_after", "id"],
                name="jobs_open",
                condition=Q(status__in=["waiting", "running"]),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.task}({self.token[:8]})"

    def _lease(self, worker: str, now: datetime, lease: timedelta) -> bool:
        """Write the lease where nobody else wrote one since this row was read."""
        taken = (
            Job.objects.due(now)
            .filter(pk=self.pk, attempts=self.attempts, status=self.status)
            .update(
                status=Job.Status.RUNNING,
                worker=worker,
                leased_until=now + lease,
                attempts=F("attempts") + 1,
                last_attempted_at=now,
                started_at=self.started_at or now,
            )
        )
        if taken:
            self.refresh_from_db()
        return bool(taken)

    def _update_leased(self, **changes: Any) -> bool:
        """Update the row only while this attempt still holds the lease."""
        mine = Job.objects.filter(
            pk=self.pk, status=Job.Status.RUNNING, worker=self.worker, attempts=self.attempts
        ).update(**changes)
        for name, value in changes.items():
            setattr(self, name, value)
        return bool(mine)

    def extend_lease(self, lease: timedelta = LEASE) -> bool:
        """Prolong the lease of a running job. False: another worker has taken the job."""
        return self._update_leased(leased_until=timezone.now() + lease)

    def finish(self) -> bool:
        """Mark the attempt as done. False: another worker has taken the job."""
        return self._update_leased(status=Job.Status.DONE, finished_at=timezone.now(), leased_until=None, failure="")

    def fail(self, error: BaseException) -> bool:
        """Queue the job again after a growing delay, or mark it as dead after the last attempt."""
        now = timezone.now()
        if self.attempts >= ATTEMPTS:
            return self._update_leased(
                status=Job.Status.DEAD, finished_at=now, leased_until=None, failure=format_trace(error)
            )
        return self._update_leased(
            status=Job.Status.WAITING,
            run_after=now + backoff(self.attempts),
            leased_until=None,
            failure=format_trace(error),
        )

    def release(self) -> bool:
        """Queue an unfinished job again at once, for a worker that must stop."""
        return self._update_leased(status=Job.Status.WAITING, run_after=timezone.now(), leased_until=None)

    def retry(self) -> bool:
        """Queue a dead job again with all its attempts. False when it is not dead."""
        return bool(
            Job.objects.dead()
            .filter(pk=self.pk)
            .update(status=Job.Status.WAITING, attempts=0, run_after=timezone.now(), finished_at=None)
        )


class PeriodicTask(models.Model):
    """定期作業: when a periodic task is due next. The rooms declare the tasks (``RoomConfig.periodic``)."""

    name = models.CharField("名称", max_length=80, unique=True)
    next_at = models.DateTimeField("次回")

    class Meta:
        verbose_name = "定期作業"
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name
