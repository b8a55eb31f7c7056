"""Background work of the notices. Safe to run twice."""

from django_tasks import task

from todoke.jobs.urgency import Urgency
from todoke.notices import digest, handing
from todoke.notices.post_office import carry


@task(priority=Urgency.USUAL)
def deliver(delivery_id: int) -> None:
    carry(delivery_id)


@task()
def send_digest() -> None:
    digest.send_digest()


@task()
def sweep_handed() -> None:
    """Remove the files whose link has expired."""
    handing.sweep_expired()
