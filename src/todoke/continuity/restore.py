"""Restoring 復元: everything is opened and compared first; only then it is put back, and only into an empty place.

A restored copy is held: no mail, no money, no jobs until an operator releases it.
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
from todoke.continuity.backup_repository import Item, Listing, Vault
from todoke.continuity.stream_encryption import Broken

SHOWN = 10
HOLD = (
    "INSERT INTO runtime_hold (reason, placed_at, released_by, release_reason) "
    "VALUES ('控え {stamp} から戻した写し', CURRENT_TIMESTAMP, '', '')"
)


class NotEmpty(Exception):
    """The place already holds something; a restore never overwrites (空でない)."""


@dataclass(frozen=True)
class Restored:
    """What was put back (復元の結果)."""

    listing: Listing
    findings: tuple[str, ...]


@contextmanager
def opened(vault: Vault, stamp: str) -> Iterator[tuple[Listing, Path]]:
    """Open a whole backup into a private room and compare every byte with its list. Raises Broken naming what fails."""
    settings.VAR.mkdir(parents=True, exist_ok=True)
    listing = vault.read(stamp)
    with tempfile.TemporaryDirectory(prefix="todoke-restore-", dir=settings.VAR) as name:
        room, broken = Path(name), list[str]()
        papers = [(item, room / "papers" / item.name) for item in (listing.database, *listing.papers)]
        for item, place in [*papers, *((item, room / "files" / item.name) for item in listing.files)]:
            try:
                _write(vault, item, place)
            except Broken as problem:
                broken.append(str(problem))
        if broken:
            more = f"ほか {len(broken) - SHOWN} 件" if len(broken) > SHOWN else ""
            raise Broken("\n".join([*broken[:SHOWN], more]).strip())
        yield listing, room


def _write(vault: Vault, item: Item, place: Path) -> None:
    place.parent.mkdir(parents=True, exist_ok=True)
    with place.open("wb") as file:
        for block in vault.content(item):
            file.write(block)


def restore(vault: Vault, stamp: str) -> Restored:
    """Put a backup back into this installation, which must be empty. Raises NotEmpty, Broken."""
    _insist_on_an_empty_place()
    with opened(vault, stamp) as (listing, room):
        if listing.vendor != connection.vendor:
            raise Broken(f"この控えは {listing.vendor} のものです。TODOKE_DATABASE を合わせてください。")
        snapshot.put_back(room / "papers" / "database", HOLD.format(stamp=stamp))
        _put_files(listing, room / "files")
        _put_papers(room / "papers")
        return Restored(listing, tuple(_compare(listing)))


def _insist_on_an_empty_place() -> None:
    if not snapshot.is_empty():
        raise NotEmpty("データベースが空ではありません。別の TODOKE_VAR か、新しいデータベースを指定してください。")
    if next(backup.stored_files(), None) is not None:
        raise NotEmpty("添付の置き場が空ではありません。別の TODOKE_VAR か、新しいバケットを指定してください。")


def _put_files(listing: Listing, room: Path) -> None:
    if isinstance(default_storage._wrapped, FileSystemStorage) and room.exists():  # type: ignore[attr-defined] # a lazy object
        shutil.copytree(room, settings.MEDIA_ROOT, dirs_exist_ok=True, copy_function=shutil.move)
        for path in Path(settings.MEDIA_ROOT).rglob("*"):
            path.chmod(0o700 if path.is_dir() else 0o600)
        return
    for item in listing.files:
        with (room / item.name).open("rb") as file:
            default_storage.save(item.name, File(file))


def _put_papers(room: Path) -> None:
    for name in (backup.KEY, backup.FIELD_KEY):
        there, kept = settings.VAR / name, room / name
        if not kept.exists():
            continue
        if there.exists() and there.read_text() != kept.read_text():
            there.rename(there.with_name(f"{name}.before-restore"))
        if not there.exists():
            shutil.copy(kept, there)
            there.chmod(0o600)
    if (room / backup.CHECKPOINTS).exists() and not settings.AUDIT_CHECKPOINTS.exists():
        settings.AUDIT_CHECKPOINTS.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(room / backup.CHECKPOINTS, settings.AUDIT_CHECKPOINTS)


def _compare(listing: Listing) -> Iterator[str]:
    """Yield every difference between what was put back and what the list promises."""
    with connection.cursor() as cursor:
        for name, question in snapshot.COUNTS.items():
            cursor.execute(question)
            count = cursor.fetchone()[0]
            if count != listing.counts[name]:
                yield f"{name}: 控えでは {listing.counts[name]:,} 件、戻したものでは {count:,} 件"
    yield from (f"監査 {found.subject} {found.sequence}: {found.problem}" for found in log.verify())
    yield from checkpoints.problems(settings.AUDIT_CHECKPOINTS)
    yield from listing.problems
