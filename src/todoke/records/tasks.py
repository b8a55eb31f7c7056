"""Background tasks of the records. Each is idempotent."""

from django.core.files.storage import default_storage
from django.db import connection
from django_tasks import task


@task(queue_name="default")
def delete_file_content(path: str) -> None:
    """Delete the stored content of a file that was disposed of."""
    if default_storage.exists(path):
        default_storage.delete(path)


class LogInUse(Exception):
    """A reader is using the write-ahead log; the job is retried."""


@task(queue_name="default")
def truncate_write_ahead_log() -> None:
    """Truncate SQLite's write-ahead log, so that erased pages do not remain in it.

    Raises LogInUse while a reader needs the log; the job is then retried.
    """
    if connection.vendor != "sqlite" or connection.in_atomic_block:
        return
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        busy, *_ = cursor.fetchone()
    if busy:
        raise LogInUse
