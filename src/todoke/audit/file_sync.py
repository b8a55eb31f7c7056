"""The store 保管庫: a file is on the disk, with its name, before anybody writes down that it exists."""

import os
from pathlib import Path
from typing import IO, Any

from django.core.files.storage import FileSystemStorage


def settle(path: Path) -> None:
    """Wait until a file or a folder is on the disk."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


class DurableStorage(FileSystemStorage):
    """The folder of files; letters and imported files survive what their rows survive."""

    def save(self, name: str | None, content: IO[Any], max_length: int | None = None) -> str:
        """Write a file under a free name, wait for the disk, and return the name."""
        kept = super().save(name, content, max_length)
        place = Path(self.path(kept))
        for part in (place, place.parent, place.parent.parent):
            settle(part)
        return kept
