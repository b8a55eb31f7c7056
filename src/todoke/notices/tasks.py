"""Background work of the notices. Safe to run twice."""

from django_tasks import task

from todoke.jobs.priority import Priority
from todoke.notices import digest, file_links
from todoke.notices.delivery import carry


@task(priority=Priority.NORMAL)
def deliver(delivery_id: int) -> None:
    carry(delivery_id)


@task()
def send_digest() -> None:
    digest.send_digest()


@task()
def sweep_handed() -> None:
    """Remove the files whose link has expired."""
    file_links.sweep_expired()
