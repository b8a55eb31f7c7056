"""Background tasks of the roadmaps; idempotent."""

from django_tasks import task

from todoke.accounts.models import User
from todoke.jobs.priority import Priority
from todoke.jobs.queues import LONG
from todoke.roadmaps import builder
from todoke.roadmaps.models import Roadmap


@task(priority=Priority.INTERACTIVE, queue_name=LONG)
def schedule_roadmap(code: str, person: int) -> None:
    """計画を組む: optimize a roadmap on behalf of a user id."""
    builder.reschedule(Roadmap.objects.get(code=code), by=User.objects.get(pk=person))
