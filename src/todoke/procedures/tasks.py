"""Background work of the inventory; each task only calls a domain function that is safe to run twice."""

from django_tasks import task

from todoke.accounts.models import User
from todoke.jobs.urgency import Urgency
from todoke.procedures import intake
from todoke.procedures.models import ImportRun, Roadmap
from todoke.procedures.roadmaps import drawing


@task(priority=Urgency.AWAITED)
def check_import(token: str) -> None:
    """Try an import (取込の確認)."""
    intake.check(ImportRun.objects.get(token=token))


@task(priority=Urgency.AWAITED)
def write_import(token: str) -> None:
    """Carry out an approved import (取込の書込み)."""
    intake.carry_out(ImportRun.objects.get(token=token))


@task(priority=Urgency.AWAITED)
def draw_roadmap(code: str, person: int) -> None:
    """Plan a roadmap anew (計画を組む)."""
    drawing.redraw(Roadmap.objects.get(code=code), by=User.objects.get(pk=person))
