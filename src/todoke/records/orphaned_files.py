"""Orphaned files 行のないファイル: stored before their row by a process that died between the two."""

from collections.abc import Callable
from datetime import timedelta

from django.core.files.storage import default_storage
from django.utils import timezone

GRACE = timedelta(days=2)
"""No file is stored so long before its row."""


def delete_orphaned_files(folder: str, has_row: Callable[[str], bool], *, grace: timedelta = GRACE) -> int:
    """Delete the files of a folder of the storage that no row names and that are old; return how many. Idempotent."""
    before, deleted = timezone.now() - grace, 0
    try:
        _, names = default_storage.listdir(folder)
    except FileNotFoundError:
        return 0
    for path in (f"{folder}/{name}" for name in names):
        if default_storage.get_modified_time(path) < before and not has_row(path):
            default_storage.delete(path)
            deleted += 1
    return deleted
