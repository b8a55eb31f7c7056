"""Handing 受け渡し: files too large for mail go by a link that expires; who took them when is written down."""

import hashlib
from datetime import datetime, timedelta
from typing import IO, Any

from django.conf import settings
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.template.defaultfilters import filesizeformat
from django.utils import timezone
from django.utils.crypto import get_random_string

from todoke.accounts.actors import Guest
from todoke.accounts.models import User
from todoke.audit.log import record
from todoke.japanese.calendar import business_date, on_page
from todoke.notices.models import FileLink, Taking
from todoke.notices.outbox import Recipient, post
from todoke.organization.models import Department

LONGEST = 30
FOLDER, GRACE = "handed", timedelta(days=2)


def hand_over(
    file: UploadedFile[Any], *, to: Recipient, note: str, days: int, department: Department, by: User
) -> FileLink:
    """Lay a file behind a link and mail the link (受け渡し), for thirty days at most; the mail has no attachment."""
    digest = hashlib.sha256()
    for chunk in file.chunks():
        digest.update(chunk)
    file.seek(0)
    path = default_storage.save(f"{FOLDER}/{get_random_string(32)}", file)
    until = timezone.now() + timedelta(days=min(max(days, 1), LONGEST))
    with transaction.atomic():
        made = FileLink.objects.create(
            department=department, email=to.email, name=to.name, note=note, file_name=(file.name or "file")[:200],
            path=path, size=file.size or 0, sha256=digest.hexdigest(), placed_by=by, expires_at=until,
        )  # fmt: skip
        record(made, "ファイルの受け渡し", by=by, after={"照合値": made.sha256, "期限": until})
        _tell(made, until, by=by)
    return made


def _tell(made: FileLink, until: datetime, *, by: User) -> None:
    context = {
        "name": made.name,
        "note": made.note,
        "file": made.file_name,
        "size": filesizeformat(made.size),
        "until": on_page(business_date(until)),
        "url": f"{settings.PUBLIC_URL}/files/{made.token}/",
    }
    post("file-link", to=Recipient(made.email, None, made.name), context=context, about=str(made), by=by)


@transaction.atomic
def take(link: FileLink) -> IO[bytes]:
    """Open the file for whoever holds an open link, and write down that it was taken (受け取り)."""
    Taking.objects.create(link=link)
    record(link, "受け取り", by=Guest("リンクを持つ人"))
    return default_storage.open(link.path)


@transaction.atomic
def revoke(link: FileLink, *, by: User) -> bool:
    """Close a link before its time and remove the file (取消し); False when it was closed before."""
    if not FileLink.objects.filter(pk=link.pk, revoked_at__isnull=True).update(revoked_at=timezone.now()):
        return False
    record(link, "受け渡しの取消し", by=by)
    transaction.on_commit(lambda: default_storage.delete(link.path))
    return True


def sweep_expired(grace: timedelta = GRACE) -> int:
    """Remove the files of links that expired; return how many. The record of who took them stays.

    So goes, after a grace period, what no link holds: its row was never written, or the process died before the file.
    """
    found = list(FileLink.objects.filter(expires_at__lte=timezone.now(), revoked_at__isnull=True))
    for link in found:
        default_storage.delete(link.path)
        FileLink.objects.filter(pk=link.pk).update(revoked_at=timezone.now())
    held = set(FileLink.objects.filter(revoked_at__isnull=True).values_list("path", flat=True))
    before = timezone.now() - grace
    lost = [path for path in _stored() if path not in held and default_storage.get_modified_time(path) < before]
    for path in lost:
        default_storage.delete(path)
    return len(found) + len(lost)


def _stored() -> list[str]:
    try:
        return [f"{FOLDER}/{name}" for name in default_storage.listdir(FOLDER)[1]]
    except FileNotFoundError:
        return []
