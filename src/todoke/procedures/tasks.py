"""Background tasks of the inventory; each calls an idempotent function."""

from django_tasks import task

from todoke.jobs.priority import Priority
from todoke.jobs.queues import LONG
from todoke.procedures.imports import import_runs
from todoke.procedures.models import ImportRun


@task(priority=Priority.INTERACTIVE, queue_name=LONG)
def check_import(token: str) -> None:
    """取込の確認: check an import."""
    import_runs.check(ImportRun.objects.get(token=token))


@task(priority=Priority.INTERACTIVE, queue_name=LONG)
def write_import(token: str) -> None:
    """取込の書込み: execute an approved import."""
    import_runs.execute(ImportRun.objects.get(token=token))
