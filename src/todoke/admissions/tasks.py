"""Background tasks of the admissions; idempotent."""

from django_tasks import task

from todoke.admissions.models import PlacementRun
from todoke.admissions.selection.last_year_replay import compute_replay
from todoke.admissions.selection.run_computation import compute_run
from todoke.jobs.priority import Priority
from todoke.jobs.queues import LONG


@task(priority=Priority.INTERACTIVE, queue_name=LONG)
def compute(run: int) -> None:
    """試算の計算: compute a requested run by its id."""
    found = PlacementRun.objects.select_related("round__scheme", "round__rule_version").get(pk=run)
    if found.kind == PlacementRun.Kind.REPLAY:
        compute_replay(found)
    else:
        compute_run(found)
