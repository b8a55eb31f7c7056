"""Anchors 錨: the newest seals, written outside the database, so that a lost tail or an older copy shows."""

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
class Anchor:
    """What the audit held at one moment (錨): how many entries, the newest, and the hash of all since the last."""

    at: datetime
    entries: int
    newest: int
    digest: str

    def line(self) -> str:
        parts = {"at": self.at.isoformat(), "entries": self.entries, "newest": self.newest, "digest": self.digest}
        return json.dumps(parts)


def read(path: Path) -> list[Anchor]:
    """Return the anchors of a file, oldest first; a file that is not there holds none."""
    if not path.exists():
        return []
    rows = [json.loads(line) for line in path.read_text().splitlines()]
    return [Anchor(datetime.fromisoformat(r["at"]), r["entries"], r["newest"], r["digest"]) for r in rows]


def _digest(after: int, up_to: int) -> str:
    total = hashlib.sha256()
    for seal in Entry.objects.filter(pk__gt=after, pk__lte=up_to).order_by("pk").values_list("hash", flat=True):
        total.update(seal.encode())
    return total.hexdigest()


def _wait_for_writers() -> None:
    """Let entries that are being written finish first, so that none slips in below the newest afterwards."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("LOCK TABLE audit_entry IN SHARE MODE")


@transaction.atomic
def cast(path: Path) -> Anchor | None:
    """Append an anchor for the entries since the last one, on disk before it returns; None when nothing is new."""
    _wait_for_writers()
    before = read(path)
    last = before[-1].newest if before else 0
    newest = Entry.objects.aggregate(newest=Max("pk"))["newest"] or 0
    if newest <= last:
        return None
    anchor = Anchor(timezone.now(), Entry.objects.filter(pk__lte=newest).count(), newest, _digest(last, newest))
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("a") as file:
        file.write(anchor.line() + "\n")
        file.flush()
        os.fsync(file.fileno())
    return anchor


def problems(path: Path) -> list[str]:
    """Compare the database with its anchors and say, in words, the first difference."""
    last = 0
    for anchor in read(path):
        count = Entry.objects.filter(pk__lte=anchor.newest).count()
        if count != anchor.entries:
            return [f"{anchor.at.isoformat()} の錨では記録が {anchor.entries} 件でしたが、いまは {count} 件です。"]
        if _digest(last, anchor.newest) != anchor.digest:
            return [f"{anchor.at.isoformat()} の錨のあとで、記録が書き換えられています。"]
        last = anchor.newest
    return []
