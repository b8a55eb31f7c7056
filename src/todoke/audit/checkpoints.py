"""Checkpoints 検証点: hashes of the newest audit entries in a file outside the database.

They show that the end of the log is missing or that an older copy of the database was restored.
"""

import hashlib
import json
import os
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from django.db import connection, transaction
from django.db.models import Max
from django.utils import timezone

from todoke.audit.models import Entry


@dataclass(frozen=True)
class Checkpoint:
    """State of the log at one moment (検証点): entry count, newest primary key, SHA-256 of the hashes added since."""

    at: datetime
    entries: int
    newest: int
    digest: str

    def line(self) -> str:
        """Return the checkpoint as one line of JSON."""
        parts = {"at": self.at.isoformat(), "entries": self.entries, "newest": self.newest, "digest": self.digest}
        return json.dumps(parts)


def read(path: Path) -> list[Checkpoint]:
    """Return the checkpoints of a file, oldest first; none when the file does not exist."""
    if not path.exists():
        return []
    rows = [json.loads(line) for line in path.read_text().splitlines()]
    return [Checkpoint(datetime.fromisoformat(r["at"]), r["entries"], r["newest"], r["digest"]) for r in rows]


def _digest(after: int, up_to: int) -> str:
    total = hashlib.sha256()
    for entry_hash in Entry.objects.filter(pk__gt=after, pk__lte=up_to).order_by("pk").values_list("hash", flat=True):
        total.update(entry_hash.encode())
    return total.hexdigest()


def _wait_for_writers() -> None:
    """Wait for open transactions that write entries, so that no lower primary key is committed afterwards."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("LOCK TABLE audit_entry IN SHARE MODE")


@transaction.atomic
def write(path: Path) -> Checkpoint | None:
    """Append a checkpoint for the entries since the last one and fsync it; return None when nothing is new."""
    _wait_for_writers()
    before = read(path)
    last = before[-1].newest if before else 0
    newest = Entry.objects.aggregate(newest=Max("pk"))["newest"] or 0
    if newest <= last:
        return None
    count = Entry.objects.filter(pk__lte=newest).count()
    checkpoint = Checkpoint(timezone.now(), count, newest, _digest(last, newest))
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("a") as file:
        file.write(checkpoint.line() + "\n")
        file.flush()
        os.fsync(file.fileno())
    return checkpoint


def problems(path: Path) -> list[str]:
    """Compare the database with its checkpoints; return the first difference in Japanese, or an empty list."""
    last = 0
    for checkpoint in read(path):
        at = checkpoint.at.isoformat()
        count = Entry.objects.filter(pk__lte=checkpoint.newest).count()
        if count != checkpoint.entries:
            return [f"{at} の検証点では記録が {checkpoint.entries} 件でしたが、いまは {count} 件です。"]
        if _digest(last, checkpoint.newest) != checkpoint.digest:
            return [f"{at} の検証点のあとで、記録が書き換えられています。"]
        last = checkpoint.newest
    return []
