"""Background work of the records. Safe to run twice."""

from django.core.files.storage import default_storage
from django.db import connection
from django_tasks import task


@task(queue_name="default")
def burn(path: str) -> None:
    """Remove the content of a file that was disposed of; its name is a random token."""
    if default_storage.exists(path):
        default_storage.delete(path)


class StillRead(Exception):
    """Somebody is reading; the journal is emptied at the next try."""


@task(queue_name="default")
def wipe_journal() -> None:
    """Empty SQLite's write-ahead log, which holds old pages until then; pages themselves are zeroed when erased.

    Raises StillRead while a reader needs the log; the job is then tried again.
    """
    if connection.vendor != "sqlite" or connection.in_atomic_block:
        return
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        busy, *_ = cursor.fetchone()
    if busy:
        raise StillRead
