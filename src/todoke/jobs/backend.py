"""Backend 予約先 of the django-tasks API: enqueueing inserts one row in the caller's transaction."""

from typing import Any, ParamSpec, TypeVar

from django.utils import timezone
from django.utils.module_loading import import_string
from django_tasks import TaskResult, TaskResultStatus
from django_tasks.backends.base import BaseTaskBackend
from django_tasks.base import Task, TaskError
from django_tasks.exceptions import TaskResultDoesNotExist
from django_tasks.signals import task_enqueued
from django_tasks.utils import normalize_json

from todoke.compiled_queries import CompiledInsert
from todoke.jobs.models import Job

T = TypeVar("T")
P = ParamSpec("P")

_INSERT = CompiledInsert(Job)
STATUS = {
    Job.Status.WAITING: TaskResultStatus.READY,
    Job.Status.RUNNING: TaskResultStatus.RUNNING,
    Job.Status.DONE: TaskResultStatus.SUCCESSFUL,
    Job.Status.DEAD: TaskResultStatus.FAILED,
}


def task_named(path: str) -> Task[Any, Any]:
    """Import a task by its dotted path. Raises TypeError when the path names anything else."""
    found = import_string(path)
    if not isinstance(found, Task):
        raise TypeError(f"{path} は作業ではありません。")
    return found


def result_of(job: Job) -> TaskResult[Any]:
    """Convert a job to a TaskResult of the django-tasks API. Return values are not stored."""
    errors = [TaskError(exception_class_path=job.failure.split("\n")[0], traceback=job.failure)] if job.failure else []
    return TaskResult(
        task=task_named(job.task).using(priority=job.priority, queue_name=job.queue, run_after=job.run_after),
        id=job.token,
        status=STATUS[Job.Status(job.status)],
        enqueued_at=job.enqueued_at,
        started_at=job.started_at,
        finished_at=job.finished_at,
        last_attempted_at=job.last_attempted_at,
        args=job.args,
        kwargs=job.kwargs,
        backend="default",
        errors=errors,
        worker_ids=[job.worker] * job.attempts,
    )


class DatabaseBackend(BaseTaskBackend):
    """Task backend that stores jobs as rows: a rolled-back transaction enqueues nothing."""

    supports_defer = True
    supports_get_result = True
    supports_priority = True

    def enqueue(self, task: Task[P, T], args: Any, kwargs: Any) -> TaskResult[T]:
        """Insert the job and return its result. Arguments must be JSON and should be identifiers only."""
        self.validate_task(task)
        job = Job(
            task=task.module_path,
            queue=task.queue_name,
            priority=task.priority,
            args=normalize_json(args),
            kwargs=normalize_json(kwargs),
            run_after=task.run_after or timezone.now(),
        )
        _INSERT.save(job)
        result = result_of(job)
        task_enqueued.send(type(self), task_result=result)
        return result

    def get_result(self, result_id: str) -> TaskResult[Any]:
        """Return the result of a job by its token. Raises TaskResultDoesNotExist."""
        try:
            return result_of(Job.objects.get(token=result_id))
        except Job.DoesNotExist:
            raise TaskResultDoesNotExist(result_id) from None
