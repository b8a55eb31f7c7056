"""Background tasks of the forms. Each is idempotent."""

from django_tasks import task

from todoke.formbuilder.answers import upload_cleanup
from todoke.formbuilder.models import publication_schedule


@task()
def delete_orphaned_uploads() -> None:
    """Delete uploaded files without a row."""
    upload_cleanup.delete_orphaned_files()


@task()
def publish_due() -> None:
    """Publish every due schedule."""
    publication_schedule.publish_due()
