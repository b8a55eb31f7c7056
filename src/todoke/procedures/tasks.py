"""Background work of the inventory; each task only calls a domain function that is safe to run twice."""

from django_tasks import task

from todoke.procedures import intake
from todoke.procedures.models import ImportRun


@task()
def check_import(token: str) -> None:
    """Try an import (取込の確認)."""
    intake.check(ImportRun.objects.get(token=token))


@task()
def write_import(token: str) -> None:
    """Carry out an approved import (取込の書込み)."""
    intake.carry_out(ImportRun.objects.get(token=token))
