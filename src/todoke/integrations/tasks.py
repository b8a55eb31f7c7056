"""Background tasks of integrations; each is safe to run twice."""

from django_tasks import task

from todoke.integrations import stored_files
from todoke.integrations.handover import inbound_parcels, outbound_parcels
from todoke.integrations.imports import answer_imports, national_intake
from todoke.integrations.webhook_attempts import collect_events, deliver_due
from todoke.jobs.priority import Priority
from todoke.jobs.queues import LONG


@task
def tell_partners() -> None:
    """案件と自動化の動きの知らせ: find what moved, and send what is due."""
    collect_events()
    deliver_due()


@task(priority=Priority.INTERACTIVE, queue_name=LONG)
def make_parcel(parcel_id: int) -> None:
    """Write the file of a parcel (引渡しの便の作成)."""
    outbound_parcels.make_file(parcel_id)


@task(priority=Priority.INTERACTIVE, queue_name=LONG)
def take_parcel(parcel_id: int) -> None:
    """Take in the records of a parcel (引渡しの便の取込み)."""
    inbound_parcels.take_in(parcel_id)


@task(priority=Priority.INTERACTIVE, queue_name=LONG)
def check_answer_import(batch_id: int) -> None:
    """Try the rows of a table of answers (試しの取込)."""
    answer_imports.check_rows(batch_id)


@task(priority=Priority.INTERACTIVE, queue_name=LONG)
def write_answer_import(batch_id: int) -> None:
    """Make cases of the rows of a table of answers (回答の取込)."""
    answer_imports.write_rows(batch_id)


@task(queue_name=LONG)
def exchange_national() -> None:
    """Take applications of the national portal, and set their states back (国の窓口との受渡し)."""
    national_intake.exchange()


@task(priority=Priority.BULK)
def delete_files_without_row() -> None:
    """Delete files that a process stored before it died (行のないファイルの掃除)."""
    stored_files.delete_without_row()
