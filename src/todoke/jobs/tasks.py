"""Background tasks of the job queue. Each is idempotent."""

from datetime import timedelta

from django.utils import timezone
from django_tasks import task

from todoke.jobs.models import Job

KEPT = timedelta(days=30)


@task()
def delete_finished() -> None:
    """Delete jobs that were done more than 30 days ago; dead jobs stay."""
    Job.objects.filter(status=Job.Status.DONE, finished_at__lt=timezone.now() - KEPT).delete()
