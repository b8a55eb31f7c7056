"""Background work of the forms."""

from django_tasks import task

from todoke.formbuilder import sweeping


@task()
def sweep_uploads() -> None:
    """Delete files that nobody points to."""
    sweeping.sweep_uploads()
