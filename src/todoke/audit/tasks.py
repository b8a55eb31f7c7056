"""Background tasks of the audit. Each is idempotent."""

from django.conf import settings
from django_tasks import task

from todoke.audit import checkpoints


@task()
def write_checkpoint() -> None:
    """Write a checkpoint if there are new entries."""
    checkpoints.write(settings.AUDIT_CHECKPOINTS)
