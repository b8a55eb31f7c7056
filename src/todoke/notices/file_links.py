"""File links 受け渡し: shares a file too large for mail by an expiring link, and records its downloads."""

import hashlib
from datetime import datetime, timedelta
from typing import IO, Any

from django.core.files.storage import default_storage
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.template.defaultfilters import filesizeformat
from django.utils import timezone
from django.utils.crypto import get_random_string

from todoke.accounts.models import User
from todoke.audit.log import record
from todoke.audit.transitions import stamp_once
from todoke.japanese.calendar import business_date, format_date
from todoke.notices.mailed_links import FILE
from todoke.notices.models import Download, FileLink, MailedLink
from todoke.notices.models.mailed_link import HOLDER
from todoke.notices.outbox import Recipient, enqueue
from todoke.organization.models import Department

MAX_DAYS = 30
FOLDER, GRACE = "handed", timedelta(days=2)


def share_file(
    file: UploadedFile[Any], *, to: Recipient, note: str, days: int, department: Department, by: User
) -> FileLink:
    """Store a file, mail its link (受け渡し), and return the link; it expires after ``days``, at most thirty."""
    digest = hashlib.sha256()
    for chunk in file.chunks():
        digest.update(chunk)
    file.seek(0)
    path = default_storage.save(f"{FOLDER}/{get_random_string(32)}", file)
    until = timezone.now() + timedelta(days=min(max(days, 1), MAX_DAYS))
    with transaction.atomic():
        made = FileLink.objects.create(
            department=department, email=to.email, name=to.name, note=note, file_name=(file.name or "file")[:200],
            path=path, size=file.size or 0, sha256=digest.hexdigest(), placed_by=by, expires_at=until,
        )  # fmt: skip
        record(made, "ファイルの受け渡し", by=by, after={"照合値": made.sha256, "期限": until})
        _mail_link(made, until, by=by)
    return made


def _mail_link(made: FileLink, until: datetime, *, by: User) -> None:
    context = {
        "name": made.name.rstrip("様 　").removesuffix("殿").rstrip() or made.name,
        "note": made.note,
        "file": made.file_name,
        "size": filesizeformat(made.size),
        "until": format_date(business_date(until)),
        "url": MailedLink.issue(FILE, made, contact=made.email, until=until, by=by).at(FILE.page),
    }
    enqueue("file-link", to=Recipient(made.email, None, made.name), context=context, about=str(made), by=by)


@transaction.atomic
def open_download(link: FileLink, mailed: MailedLink) -> IO[bytes]:
    """Record a download (受け取り) by the live mailed link of a file; return the opened file. Raises LinkEnded."""
    mailed.use(by=HOLDER)
    Download.objects.create(link=link)
    record(link, "受け取り", by=HOLDER)
    return default_storage.open(link.path)


@transaction.atomic
def revoke(link: FileLink, *, by: User) -> bool:
    """Revoke a link (取消し) and delete its file on commit; False when it was revoked before."""
    if not stamp_once(link, "revoked_at"):
        return False
    record(link, "受け渡しの取消し", by=by)
    transaction.on_commit(lambda: default_storage.delete(link.path))
    return True


def delete_expired(grace: timedelta = GRACE) -> int:
    """Delete the files of expired links and, after a grace period, files without a link; return how many.

    The download records stay. A file has no link when its row was rolled back or the process died in between.
    """
    found = list(FileLink.objects.filter(expires_at__lte=timezone.now(), revoked_at__isnull=True))
    for link in found:
        default_storage.delete(link.path)
        FileLink.objects.filter(pk=link.pk).update(revoked_at=timezone.now())
    linked = set(FileLink.objects.filter(revoked_at__isnull=True).values_list("path", flat=True))
    before = timezone.now() - grace
    orphans = [path for path in _stored() if path not in linked and default_storage.get_modified_time(path) < before]
    for path in orphans:
        default_storage.delete(path)
    return len(found) + len(orphans)


def _stored() -> list[str]:
    try:
        return [f"{FOLDER}/{name}" for name in default_storage.listdir(FOLDER)[1]]
    except FileNotFoundError:
        return []
