"""Restore 復元: the backup is verified completely before anything is written, and only into an empty installation.

A restored copy has a send block: no mail, no payment, no job until an operator releases it.
"""

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.core.files import File
from django.core.files.storage import FileSystemStorage, default_storage
from django.db import connection

from todoke.audit import checkpoints, log
from todoke.continuity import backup, snapshot
from todoke.continuity.backup_repository import BackupItem, BackupManifest, BackupRepository
from todoke.continuity.stream_encryption import CorruptStream

SHOWN = 10
HOLD = (
    "INSERT INTO runtime_sendblock (reason, placed_at, released_by, release_reason) "
    "VALUES ('控え {stamp} から戻した写し', CURRENT_TIMESTAMP, '', '')"
)


class TargetNotEmpty(Exception):
    """The installation already holds data; a restore never overwrites (空でない)."""


@dataclass(frozen=True)
class RestoreResult:
    """The manifest restored, and differences found afterwards (復元の結果)."""

    manifest: BackupManifest
    findings: tuple[str, ...]


@contextmanager
def unpacked(repository: BackupRepository, stamp: str) -> Iterator[tuple[BackupManifest, Path]]:
    """Decrypt a backup into a private folder and verify every byte. Raises CorruptStream naming what fails."""
    settings.VAR.mkdir(parents=True, exist_ok=True)
    manifest = repository.read_manifest(stamp)
    with tempfile.TemporaryDirectory(prefix="todoke-restore-", dir=settings.VAR) as name:
        folder, broken = Path(name), list[str]()
        papers = [(item, folder / "papers" / item.name) for item in (manifest.database, *manifest.papers)]
        for item, place in [*papers, *((item, folder / "files" / item.name) for item in manifest.files)]:
            try:
                _write(repository, item, place)
            except CorruptStream as problem:
                broken.append(str(problem))
        if broken:
            raise CorruptStream(listed(broken))
        yield manifest, folder


def listed(broken: list[str]) -> str:
    """Return the first problems, one a line, and the number of the others."""
    more = f"ほか {len(broken) - SHOWN} 件" if len(broken) > SHOWN else ""
    return "\n".join([*broken[:SHOWN], more]).strip()


def verify(repository: BackupRepository, stamp: str) -> BackupManifest:
    """Read a whole backup in little memory and return its manifest. Raises CorruptStream naming what fails."""
    manifest = repository.read_manifest(stamp)
    if broken := repository.verify(manifest):
        raise CorruptStream(listed(broken))
    return manifest


def _write(repository: BackupRepository, item: BackupItem, place: Path) -> None:
    place.parent.mkdir(parents=True, exist_ok=True)
    with place.open("wb") as file:
        for block in repository.content(item):
            file.write(block)


def restore(repository: BackupRepository, stamp: str) -> RestoreResult:
    """Restore a backup into this installation, which must be empty. Raises TargetNotEmpty, CorruptStream."""
    _require_empty_target()
    with unpacked(repository, stamp) as (manifest, folder):
        if manifest.vendor != connection.vendor:
            raise CorruptStream(f"この控えは {manifest.vendor} のものです。TODOKE_DATABASE を合わせてください。")
        snapshot.load(folder / "papers" / "database", HOLD.format(stamp=stamp))
        _restore_files(manifest, folder / "files")
        _restore_keys_and_checkpoints(folder / "papers")
        return RestoreResult(manifest, tuple(_compare(manifest)))


def _require_empty_target() -> None:
    """Raises TargetNotEmpty when database or storage hold data."""
    if not snapshot.is_empty():
        raise TargetNotEmpty(
            "データベースが空ではありません。別の TODOKE_VAR か、新しいデータベースを指定してください。"
        )
    if next(backup.stored_files(), None) is not None:
        raise TargetNotEmpty("添付の置き場が空ではありません。別の TODOKE_VAR か、新しいバケットを指定してください。")


def _restore_files(manifest: BackupManifest, folder: Path) -> None:
    if isinstance(default_storage._wrapped, FileSystemStorage) and folder.exists():  # type: ignore[attr-defined] # noqa: SLF001 - a lazy object
        shutil.copytree(folder, settings.MEDIA_ROOT, dirs_exist_ok=True, copy_function=shutil.move)
        for path in Path(settings.MEDIA_ROOT).rglob("*"):
            path.chmod(0o700 if path.is_dir() else 0o600)
        return
    for item in manifest.files:
        with (folder / item.name).open("rb") as file:
            default_storage.save(item.name, File(file))


def _restore_keys_and_checkpoints(folder: Path) -> None:
    for name in backup.KEYS:
        there, kept = settings.VAR / name, folder / name
        if not kept.exists():
            continue
        if there.exists() and there.read_text() != kept.read_text():
            there.rename(there.with_name(f"{name}.before-restore"))
        if not there.exists():
            shutil.copy(kept, there)
            there.chmod(0o600)
    if (folder / backup.CHECKPOINTS).exists() and not settings.AUDIT_CHECKPOINTS.exists():
        settings.AUDIT_CHECKPOINTS.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(folder / backup.CHECKPOINTS, settings.AUDIT_CHECKPOINTS)


def _compare(manifest: BackupManifest) -> Iterator[str]:
    """Yield the differences between the restored data and the manifest."""
    with connection.cursor() as cursor:
        for name, question in snapshot.COUNTS.items():
            cursor.execute(question)
            count = cursor.fetchone()[0]
            if count != manifest.counts[name]:
                yield f"{name}: 控えでは {manifest.counts[name]:,} 件、戻したものでは {count:,} 件"
    yield from (f"監査 {found.subject} {found.sequence}: {found.problem}" for found in log.verify())
    yield from checkpoints.problems(settings.AUDIT_CHECKPOINTS)
    yield from manifest.problems
