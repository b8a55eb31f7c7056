"""Background work of the jobs themselves. Safe to run twice."""

from datetime import timedelta

from django.utils import timezone
from django_tasks import task

from todoke.jobs.models import Job

KEPT = timedelta(days=30)


@task()
def sweep() -> None:
    """Forget jobs that were done long ago; dead letters stay until somebody has looked."""
    Job.objects.filter(status=Job.Status.DONE, finished_at__lt=timezone.now() - KEPT).delete()
