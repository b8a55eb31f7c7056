"""Background tasks of the notices. Each is idempotent."""

from django_tasks import task

from todoke.jobs.priority import Priority
from todoke.notices import delivery, digest, file_links, notice_erasure
from todoke.notices.line import post_delivery


@task(priority=Priority.NORMAL)
def deliver(delivery_id: int) -> None:
    """Send one delivery. Raises TemporaryFailure, so that the job is retried."""
    delivery.deliver(delivery_id)


@task()
def send_digest() -> None:
    """Mail the digest of failures to the administrators."""
    digest.send_digest()


@task()
def delete_expired_files() -> None:
    """Delete the files whose link has expired."""
    file_links.delete_expired()


@task()
def erase_ended_secrets() -> None:
    """Clear the text of notices whose code or link opens nothing any more."""
    notice_erasure.erase_ended_secrets()


@task(priority=Priority.BULK)
def send_post(post_id: int) -> None:
    """Send a post to the followers of the channel (掲出の送信)."""
    post_delivery.send(post_id)
