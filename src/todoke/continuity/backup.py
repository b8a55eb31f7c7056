"""Backup 控え: database, files, keys and audit checkpoints of one instant, encrypted, taken without downtime.

The database is dumped first. A file is on disk before its row is committed and never changes afterwards, so every
file that a row of the dump names exists when the files are read.
"""

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
from todoke.continuity.backup_repository import BackupItem, BackupManifest, BackupRepository
from todoke.continuity.stream_encryption import CorruptStream
from todoke.runtime.build_identity import build_identity

STAMP = "%Y%m%d-%H%M%S"
HOURS_OF_A_WEEK = 7 * 24
KEY, FIELD_KEY, INSTALLATION_KEY = "secret-key", "field-key", "installation-key"
KEYS = (KEY, FIELD_KEY, INSTALLATION_KEY)
CHECKPOINTS = "audit-checkpoints.jsonl"


def stored_files(folder: str = "") -> Iterator[str]:
    """Yield the name of every file in the default storage, in whatever backend it is."""
    try:
        folders, names = default_storage.listdir(folder)
    except FileNotFoundError:
        return
    prefix = f"{folder}/" if folder else ""
    yield from sorted(prefix + name for name in names)
    for inner in sorted(folders):
        yield from stored_files(prefix + inner)


def _store_keys_and_checkpoints(repository: BackupRepository) -> list[BackupItem]:
    """Store the keys, and the checkpoints before the database, so that none is newer than it."""
    keys = {KEY: settings.SECRET_KEY, FIELD_KEY: ",".join(settings.FIELD_KEYS)}
    keys[INSTALLATION_KEY] = settings.INSTALLATION_KEY
    kept = [repository.add(name, io.BytesIO(key.encode())) for name, key in keys.items()]
    if settings.AUDIT_CHECKPOINTS.exists():
        kept.append(repository.add(CHECKPOINTS, io.BytesIO(settings.AUDIT_CHECKPOINTS.read_bytes())))
    return kept


def _known_hashes(repository: BackupRepository) -> dict[str, str]:
    """Return the hash of each file of the newest backup; files never change, so it holds for the next one too."""
    stamps = repository.stamps()
    try:
        return {item.name: item.sha256 for item in repository.read_manifest(stamps[-1]).files} if stamps else {}
    except CorruptStream:
        return {}


def is_read_again(sha256: str, at: datetime) -> bool:
    """Tell whether a stored file is read from the live store in this hour: each one is once a week."""
    return int(sha256[:8], 16) % HOURS_OF_A_WEEK == int(at.timestamp() // 3600) % HOURS_OF_A_WEEK


def _store_files(
    repository: BackupRepository, wanted: dict[str, str], at: datetime, problems: list[str]
) -> list[BackupItem]:
    """Store every file; a file that a row names must exist with the hash of its row, else it is a problem.

    What the repository holds under the hash of its row is not read again, but for a share that changes each hour. A
    file that changed after its backup keeps its first content there.
    """
    kept, known = [], {**_known_hashes(repository), **wanted}
    for name in stored_files():
        stored = repository.stored(name, known[name]) if name in known else None
        if stored is None or is_read_again(stored.sha256, at):
            with default_storage.open(name) as file:
                read = repository.add(name, file)
            if read.sha256 != wanted.get(name, read.sha256):
                problems.append(f"{name}: 受け取ったときのハッシュと違います。")
            kept.append(stored or read)
        else:
            kept.append(stored)
    there = {item.name for item in kept}
    problems.extend(f"{name}: ファイルがありません。" for name in wanted if name not in there)
    return kept


def create(repository: BackupRepository, *, now: datetime | None = None) -> BackupManifest:
    """Take a backup and return its manifest. Missing or changed files of the live store are in ``problems``."""
    at = now or timezone.now()
    problems: list[str] = []
    settings.VAR.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="todoke-backup-", dir=settings.VAR) as folder:
        papers = _store_keys_and_checkpoints(repository)
        place = Path(folder) / "database"
        contents = snapshot.dump(place)
        with place.open("rb") as content:
            database = repository.add("database", content)
    manifest = BackupManifest(
        stamp=at.strftime(STAMP),
        at=at.isoformat(),
        vendor=connection.vendor,
        program=build_identity(),
        database=database,
        files=_store_files(repository, contents.files, at, problems),
        papers=papers,
        counts=contents.counts,
        problems=problems,
    )
    repository.write_manifest(manifest)
    return manifest


def taken_at(stamp: str) -> datetime:
    """Return the time of a backup (UTC) from its stamp."""
    return datetime.strptime(f"{stamp}+0000", f"{STAMP}%z")


def prune(repository: BackupRepository, *, keep_for: timedelta) -> int:
    """Delete backups older than ``keep_for``, never the newest; return how many were deleted."""
    before = timezone.now() - keep_for
    old = [stamp for stamp in repository.stamps()[:-1] if taken_at(stamp) < before]
    if old:
        repository.delete(old)
    return len(old)
