"""Retention of scans 読取りの保存期間: pictures and values go 90 days after a batch is done; the case keeps its own."""

from datetime import timedelta

from django.core.files.storage import default_storage
from django.db import transaction
from django.utils import timezone

from todoke.accounts.actors import System
from todoke.audit.log import record
from todoke.audit.transitions import stamp_once
from todoke.scans.models import FieldReading, FieldVerification, ScanBatch, ScanSheet

KEPT = timedelta(days=90)


def erase_expired() -> int:
    """Erase what is past its time; return how many batches. Figures (seconds, routes, acts) stay. Idempotent."""
    due = ScanBatch.objects.filter(finished_at__lte=timezone.now() - KEPT, erased_at=None)
    return sum(_erase(batch) for batch in due)


@transaction.atomic
def _erase(batch: ScanBatch) -> bool:
    if not stamp_once(batch, "erased_at"):
        return False
    for path in ScanSheet.objects.filter(batch=batch).exclude(path="").values_list("path", flat=True):
        default_storage.delete(path)
    ScanSheet.objects.filter(batch=batch).update(path="")
    FieldReading.objects.filter(sheet__batch=batch).update(text="")
    FieldVerification.objects.filter(sheet__batch=batch).update(value="")
    record(batch, "読取りの画像と値の消去", by=System("読取りの保存期間"))
    return True
