"""Background work of the forms."""

from django_tasks import task

from todoke.formbuilder.answers import upload_cleanup
from todoke.formbuilder.models import schedule


@task()
def sweep_uploads() -> None:
    """Delete files that nobody points to."""
    upload_cleanup.sweep_uploads()


@task()
def publish_due() -> None:
    """Publish the documents whose time has come."""
    schedule.publish_due()
