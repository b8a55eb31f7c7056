"""Worker ワーカー: leases due jobs one by one, extends the lease while a job runs, and stops after the current job."""

import logging
import os
import socket
import threading
from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from datetime import timedelta
from time import monotonic
from types import TracebackType

from django.db import OperationalError, close_old_connections, connection, connections
from django.utils.crypto import get_random_string
from django_tasks.base import TaskContext

from todoke.jobs.backend import result_of, task_named
from todoke.jobs.models import ATTEMPTS, LEASE, Job
from todoke.jobs.periodic import enqueue_due
from todoke.jobs.queues import LONG
from todoke.runtime.models import is_send_blocked
from todoke.runtime.read_only_mode import manual_switch

log = logging.getLogger(__name__)
GIVEN_UP = 75


class WorkerLost(Exception):
    """The worker died during the last attempt of the job (ワーカー停止)."""


class TimeLimitExceeded(Exception):
    """The job did not return within the time limit; its worker ended itself (時間切れ)."""


class Heartbeat:
    """Context manager that extends the lease of a job from a thread until the block ends.

    ``every``: seconds between two extensions, a third of the lease by default. ``limit``: seconds after which the job
    is queued again and this process ends at once, since nothing else stops a call that never returns; None for no end.
    """

    def __init__(self, job: Job, lease: timedelta, every: float | None = None, *, limit: float | None = None) -> None:
        self.job, self.lease, self.over = job, lease, threading.Event()
        self.limit, self.began = limit, monotonic()
        self.every = lease.total_seconds() / 3 if every is None else every
        self.thread = threading.Thread(target=self._beat, daemon=True)

    def _beat(self) -> None:
        while not self.over.wait(self.every):
            if self.limit is not None and monotonic() - self.began > self.limit:
                self._give_up()
            try:
                if not self.job.extend_lease(self.lease):
                    break
            except OperationalError:
                log.info("job %s: the database was busy, the lease is prolonged at the next beat", self.job.token)
        connections.close_all()

    def _give_up(self) -> None:
        log.error("job %s %s did not return within %s s: given up", self.job.token, self.job.task, self.limit)
        try:
            self.job.fail(TimeLimitExceeded())
        finally:
            os._exit(GIVEN_UP)

    def __enter__(self) -> None:
        self.thread.start()

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.over.set()
        self.thread.join()


def perform(job: Job, lease: timedelta = LEASE, *, limit: float | None = None) -> bool:
    """Run one leased job and store its result. True when it succeeded; errors of the task are stored, not raised."""
    if job.attempts > ATTEMPTS:
        job.fail(WorkerLost())
        return False
    try:
        with Heartbeat(job, lease, limit=limit):
            task = task_named(job.task)
            if task.takes_context:
                task.call(TaskContext(task_result=result_of(job)), *job.args, **job.kwargs)
            else:
                task.call(*job.args, **job.kwargs)
    except Exception as error:
        job.fail(error)
        log.warning("job %s %s failed: %s", job.token, job.task, type(error).__qualname__)
        return False
    return job.finish()


class Worker:
    """The loop of a worker process, with its queues and lease, its pause and the time limit of a job in seconds.

    A job of the long queue runs in the context manager that ``long_job_context`` returns.
    """

    def __init__(
        self,
        *,
        queues: tuple[str, ...] = (),
        lease: timedelta = LEASE,
        pause: float = 1.0,
        until_idle: bool = False,
        limit: float | None = None,
        may_run: Callable[[], bool] = lambda: True,
        long_job_context: Callable[[], AbstractContextManager[None]] = nullcontext,
    ) -> None:
        self.may_run, self.long_job_context = may_run, long_job_context
        self.name = f"{socket.gethostname()}-{os.getpid()}-{get_random_string(6)}"
        self.queues, self.lease, self.pause, self.until_idle, self.limit = queues, lease, pause, until_idle, limit
        self.stopping = threading.Event()

    def stop(self, *_: object) -> None:
        """Finish the current job and lease no other."""
        self.stopping.set()

    def run(self) -> int:
        """Run jobs until stopped, or with ``until_idle`` until none is due; return how many succeeded.

        Runs nothing while ``may_run`` says no, sends are blocked (差止め), or an operator switched to read-only mode.
        """
        done, looked, paused = 0, float("-inf"), False
        while not self.stopping.is_set():
            if not connection.in_atomic_block:
                close_old_connections()
            if monotonic() - looked > 1:
                paused = not self.may_run() or is_send_blocked() or manual_switch() is not None
                if not paused:
                    enqueue_due()
                looked = monotonic()
            if paused:
                if self.until_idle:
                    break
                self.stopping.wait(self.pause)
                continue
            job = Job.objects.lease_next(self.name, queues=self.queues, lease=self.lease)
            if job is not None:
                with self.long_job_context() if job.queue == LONG else nullcontext():
                    done += perform(job, self.lease, limit=self.limit)
            elif self.until_idle:
                break
            else:
                self.stopping.wait(self.pause)
        return done
