"""Background work of the inventory; each task only calls a domain function that is safe to run twice."""

from django_tasks import task

from todoke.jobs.priority import Priority
from todoke.procedures import import_runs
from todoke.procedures.models import ImportRun


@task(priority=Priority.INTERACTIVE)
def check_import(token: str) -> None:
    """Try an import (取込の確認)."""
    import_runs.check(ImportRun.objects.get(token=token))


@task(priority=Priority.INTERACTIVE)
def write_import(token: str) -> None:
    """Carry out an approved import (取込の書込み)."""
    import_runs.carry_out(ImportRun.objects.get(token=token))
