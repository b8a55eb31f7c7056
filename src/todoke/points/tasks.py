"""Background work of the points. Safe to run twice."""

from django_tasks import task

from todoke.points import expiry_reminders
from todoke.points.models import PointGrant


@task()
def expire_points() -> None:
    """End the points whose last day has passed."""
    PointGrant.expire()


@task()
def remind_of_expiry() -> None:
    """Tell holders 30 and 7 days before their points end."""
    expiry_reminders.remind()
