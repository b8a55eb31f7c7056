"""Sweeping 掃除: content of files that no row points to, or whose row was taken back, leaves the store."""

from datetime import timedelta

from django.core.files.storage import default_storage
from django.utils import timezone

from todoke.formbuilder.models.upload import FOLDER, Upload

GRACE = timedelta(days=2)


def sweep_uploads(grace: timedelta = GRACE) -> int:
    """Delete orphaned and taken-back files older than a grace period; returns how many. Safe to run twice."""
    before = timezone.now() - grace
    swept = 0
    for upload in Upload.objects.filter(removed_at__lt=before, submission__status="draft"):
        default_storage.delete(upload.path)
        upload.delete()
        swept += 1
    for path in _stored():
        if default_storage.get_modified_time(path) < before and not Upload.objects.filter(path=path).exists():
            default_storage.delete(path)
            swept += 1
    return swept


def missing_files() -> list[str]:
    """Return the tokens of uploads whose content is gone or has another size than was kept."""
    return [
        upload.token
        for upload in Upload.objects.kept().iterator()
        if not default_storage.exists(upload.path) or default_storage.size(upload.path) != upload.size
    ]


def _stored() -> list[str]:
    try:
        folders, _ = default_storage.listdir(FOLDER)
    except FileNotFoundError:
        return []
    return [
        f"{FOLDER}/{folder}/{name}" for folder in folders for name in default_storage.listdir(f"{FOLDER}/{folder}")[1]
    ]
