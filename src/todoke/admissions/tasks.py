"""Background tasks of the admissions; idempotent."""

from contextlib import suppress

from django_tasks import task

from todoke.accounts.models import User
from todoke.admissions.intake.application_intake import take_in_all
from todoke.admissions.models import PlacementRun, SelectionRound
from todoke.admissions.selection.last_year_replay import compute_replay
from todoke.admissions.selection.run_computation import compute_run
from todoke.jobs.priority import Priority
from todoke.jobs.queues import LONG
from todoke.runtime.refusals import Refused


@task(priority=Priority.INTERACTIVE, queue_name=LONG)
def compute(run: int) -> None:
    """試算の計算: compute a requested run by its id."""
    found = PlacementRun.objects.select_related("round__scheme", "round__rule_version").get(pk=run)
    if found.kind == PlacementRun.Kind.REPLAY:
        compute_replay(found)
    else:
        compute_run(found)


@task(priority=Priority.INTERACTIVE, queue_name=LONG)
def take_in(of: int, user: int) -> None:
    """申込みの取込: take in the waiting applications of a round that fit."""
    rounds = SelectionRound.objects.select_related("scheme__department", "rule_version", "offer")
    with suppress(Refused):  # the inputs were fixed meanwhile: what is left stays on the page
        take_in_all(rounds.get(pk=of), by=User.objects.get(pk=user))
