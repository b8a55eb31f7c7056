"""Background tasks of the scans. Each is idempotent."""

from django_tasks import task

from todoke.jobs.priority import Priority
from todoke.jobs.queues import LONG
from todoke.scans import batch_reader, gate_renewal, retention_of_scans


@task(priority=Priority.INTERACTIVE, queue_name=LONG)
def read_batch(batch_id: int) -> None:
    """Read the sheets of a batch (読取り)."""
    batch_reader.read_batch(batch_id)


@task()
def renew_gates() -> None:
    """Compute which confidence passes unchecked (通してよい確からしさの見直し)."""
    gate_renewal.renew_gates()


@task()
def erase_expired() -> None:
    """Erase the pictures and values of batches after their time (読取りの画像と値の消去)."""
    retention_of_scans.erase_expired()
