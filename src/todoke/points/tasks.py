"""Background work of the points. Safe to run twice."""

from django_tasks import task

from todoke.jobs.queues import LONG
from todoke.points import expiry_reminders
from todoke.points.models import EligibleImport, PointGrant


@task()
def expire_points() -> None:
    """End the points whose last day has passed."""
    PointGrant.expire()


@task()
def remind_of_expiry() -> None:
    """Tell holders 30 and 7 days before their points end."""
    expiry_reminders.remind()


@task(queue_name=LONG)
def take_in_people(import_id: int) -> None:
    """Take a long table of people into the list of a programme."""
    EligibleImport.objects.get(pk=import_id).take_in()
