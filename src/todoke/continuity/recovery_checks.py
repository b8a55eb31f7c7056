"""Recovery checks 復元の点検: the newest backup is opened whole, and the result is kept for the register and doctor."""

import time

from django.conf import settings
from django.db import DatabaseError

from todoke.continuity import restore, stream_encryption
from todoke.continuity.backup_repository import BackupRepository
from todoke.continuity.models import RecoveryCheck
from todoke.continuity.stream_encryption import CorruptStream


def check_backup(repository: BackupRepository, stamp: str) -> str:
    """Open a backup completely and return what was found; the result is recorded. Raises CorruptStream, OSError."""
    began = time.monotonic()
    try:
        manifest = restore.verify(repository, stamp)
    except (CorruptStream, OSError) as problem:
        note(RecoveryCheck.Kind.BACKUP, time.monotonic() - began, f"控え {stamp}: {problem}", failed=True)
        raise
    found = f"控え {stamp}: {len(manifest.items):,}点をすべて開き、目録と同じでした。"
    note(RecoveryCheck.Kind.BACKUP, time.monotonic() - began, found, failed=False)
    return found


def note(kind: RecoveryCheck.Kind, seconds: float, summary: str, *, failed: bool) -> bool:
    """Record a result; False where this installation has no database to record it in, as on an empty machine."""
    try:
        RecoveryCheck.register(kind, seconds=seconds, summary=summary, failed=failed)
    except DatabaseError:
        return False
    return True


def check_newest_backup() -> str:
    """Open the newest backup of the installation (毎週の点検); "" where there is none."""
    if settings.BACKUPS is None:
        return ""
    repository = BackupRepository(settings.BACKUPS, stream_encryption.read_key(settings.BACKUP_KEY_FILE))
    stamps = repository.stamps()
    return check_backup(repository, stamps[-1]) if stamps else ""
