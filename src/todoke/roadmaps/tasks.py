"""Background work of the roadmaps. Safe to run twice."""

from django_tasks import task

from todoke.accounts.models import User
from todoke.jobs.priority import Priority
from todoke.roadmaps import builder
from todoke.roadmaps.models import Roadmap


@task(priority=Priority.INTERACTIVE)
def draw_roadmap(code: str, person: int) -> None:
    """Plan a roadmap anew (計画を組む)."""
    builder.redraw(Roadmap.objects.get(code=code), by=User.objects.get(pk=person))
