"""Tasks of the office; each is idempotent."""

from django_tasks import task

from todoke.jobs.priority import Priority
from todoke.jobs.queues import LONG
from todoke.office.answers import choice_count_job


@task(priority=Priority.INTERACTIVE, queue_name=LONG)
def count_choices(export_id: int) -> None:
    """Count the choices of the applications of an export (選択肢ごとの件数)."""
    choice_count_job.count_choices(export_id)
