"""File sync 保管庫: files and their folders are flushed to disk before a row refers to them."""

import os
from pathlib import Path
from typing import IO, Any

from django.core.files.storage import FileSystemStorage


def fsync(path: Path) -> None:
    """Flush a file or a folder to the disk and wait for it."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


class DurableStorage(FileSystemStorage):
    """File storage that calls fsync: letters and imported files are as durable as the rows that name them."""

    def save(self, name: str | None, content: IO[Any], max_length: int | None = None) -> str:
        """Write a file under a free name, flush it with its two folders, and return the name."""
        kept = super().save(name, content, max_length)
        place = Path(self.path(kept))
        for part in (place, place.parent, place.parent.parent):
            fsync(part)
        return kept
