"""Upload cleanup 掃除: deletes stored files without a row, and files that were removed from drafts."""

from datetime import timedelta
from functools import partial

from django.core.files.storage import default_storage
from django.db import transaction
from django.utils import timezone

from todoke.formbuilder.models.submission import Submission
from todoke.formbuilder.models.upload import FOLDER, Upload

GRACE = timedelta(days=2)


def delete_orphaned_files(grace: timedelta = GRACE) -> int:
    """Delete orphaned and removed files older than a grace period; return how many. Idempotent."""
    before = timezone.now() - grace
    deleted = 0
    for upload in Upload.objects.filter(removed_at__lt=before, submission__status="draft"):
        default_storage.delete(upload.path)
        upload.delete()
        deleted += 1
    for path in _stored():
        if default_storage.get_modified_time(path) < before and not Upload.objects.filter(path=path).exists():
            default_storage.delete(path)
            deleted += 1
    return deleted


def _stored() -> list[str]:
    try:
        folders, _ = default_storage.listdir(FOLDER)
    except FileNotFoundError:
        return []
    return [
        f"{FOLDER}/{folder}/{name}" for folder in folders for name in default_storage.listdir(f"{FOLDER}/{folder}")[1]
    ]


def delete_with_files(submission: Submission) -> None:
    """Delete a draft with its answers and files in the caller's transaction. Raises AlreadySubmitted."""
    submission.lock()
    for path in submission.uploads.values_list("path", flat=True):
        transaction.on_commit(partial(default_storage.delete, path))
    submission.delete()
