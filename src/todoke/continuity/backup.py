"""Backup 控え: database, files, key and checkpoints of one instant, sealed into a vault while people go on working.

The database is taken first. A file is on the disk before its row is committed and never changes afterwards, so every
file that a row of the snapshot names is there when the files are read.
"""

import hashlib
import io
import tempfile
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

from django.conf import settings
from django.core.files.storage import default_storage
from django.db import connection
from django.utils import timezone

from todoke.continuity import snapshot
from todoke.continuity.backup_repository import Item, Listing, Vault

STAMP = "%Y%m%d-%H%M%S"
KEY, FIELD_KEY = "secret-key", "field-key"
CHECKPOINTS = "audit-checkpoints.jsonl"


def stored_files(folder: str = "") -> Iterator[str]:
    """Yield the name of every file in the store of this installation, whichever store it is."""
    try:
        folders, names = default_storage.listdir(folder)
    except FileNotFoundError:
        return
    prefix = f"{folder}/" if folder else ""
    yield from sorted(prefix + name for name in names)
    for inner in sorted(folders):
        yield from stored_files(prefix + inner)


def _papers(vault: Vault) -> list[Item]:
    """Keep the keys and the checkpoints; the checkpoints before the database, so that none is newer than it."""
    keys = {KEY: settings.SECRET_KEY, FIELD_KEY: ",".join(settings.FIELD_KEYS)}
    kept = [vault.keep(name, io.BytesIO(key.encode())) for name, key in keys.items()]
    if settings.AUDIT_CHECKPOINTS.exists():
        kept.append(vault.keep(CHECKPOINTS, io.BytesIO(settings.AUDIT_CHECKPOINTS.read_bytes())))
    return kept


def _files(vault: Vault, wanted: dict[str, str], problems: list[str]) -> list[Item]:
    """Keep every stored file; one that a row names must be there with the hash in its row."""
    kept = []
    for name in stored_files():
        with default_storage.open(name) as file:
            kept.append(vault.keep(name, io.BytesIO(file.read())))
    hashes = {item.name: item.sha256 for item in kept}
    for name, sha256 in wanted.items():
        if name not in hashes:
            problems.append(f"{name}: ファイルがありません。")
        elif hashes[name] != sha256:
            problems.append(f"{name}: 受け取ったときのハッシュと違います。")
    return kept


def make(vault: Vault, *, now: datetime | None = None) -> Listing:
    """Take a backup into a vault, and return its list. What is wrong in the live store is in ``problems``."""
    at = now or timezone.now()
    problems: list[str] = []
    settings.VAR.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="todoke-backup-", dir=settings.VAR) as room:
        papers = _papers(vault)
        place = Path(room) / "database"
        contents = snapshot.take(place)
        with place.open("rb") as content:
            database = vault.keep("database", content)
    listing = Listing(
        stamp=at.strftime(STAMP),
        at=at.isoformat(),
        vendor=connection.vendor,
        program=program_hash(),
        database=database,
        files=_files(vault, contents.files, problems),
        papers=papers,
        counts=contents.counts,
        problems=problems,
    )
    vault.close(listing)
    return listing


def program_hash() -> str:
    """Return the hash of the program's own source (ビルドの照合値), the same on every machine that runs the same."""
    total = hashlib.sha256()
    house = settings.ROOT / "src" / "todoke"
    for path in sorted(house.rglob("*.py")):
        total.update(str(path.relative_to(house)).encode() + path.read_bytes())
    return total.hexdigest()[:16]


def taken_at(stamp: str) -> datetime:
    """Return when a backup was taken, from its name (UTC)."""
    return datetime.strptime(f"{stamp}+0000", f"{STAMP}%z")


def thin_out(vault: Vault, *, keep_for: timedelta) -> int:
    """Forget backups older than the days kept, but never the newest; returns how many were forgotten."""
    before = timezone.now() - keep_for
    old = [stamp for stamp in vault.stamps()[:-1] if taken_at(stamp) < before]
    if old:
        vault.forget(old)
    return len(old)
