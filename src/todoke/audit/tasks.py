"""Background work of the audit. Safe to run twice."""

from django.conf import settings
from django_tasks import task

from todoke.audit import checkpoints


@task()
def anchor() -> None:
    """Cast an anchor; nothing new means no anchor."""
    checkpoints.cast(settings.AUDIT_ANCHORS)
