"""Background work of the records. Safe to run twice."""

from django.core.files.storage import default_storage
from django_tasks import task


@task(queue_name="default")
def burn(path: str) -> None:
    """Remove the content of a file that was disposed of; its name is a random token."""
    if default_storage.exists(path):
        default_storage.delete(path)
