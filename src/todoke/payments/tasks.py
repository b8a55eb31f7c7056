"""Background work of the payments. Safe to run twice."""

from django_tasks import task

from todoke.jobs.priority import Priority
from todoke.payments import checkout
from todoke.payments.models import PointGrant


@task()
def ask_pending() -> None:
    """Ask providers for the outcome of payments that we were not told of."""
    checkout.poll_pending()


@task(priority=Priority.NORMAL)
def send_refund(number: str) -> None:
    """Ask the provider to give a refund back; a repeated request is the same refund."""
    checkout.send_refund(number)


@task()
def expire_points() -> None:
    """End the points whose last day has passed."""
    PointGrant.expire()
