"""Background tasks of the voices; idempotent."""

from django_tasks import task

from todoke.accounts.actors import System
from todoke.voices.arrival import Channel
from todoke.voices.models import ComparisonRun, Consultation


@task()
def close_consultations() -> int:
    """意見募集の締切: end the intake of what has run out on every channel; return how many."""
    ended = 0
    for each in Consultation.objects.ended():
        if each.is_over(Channel.WEB):
            each.begin_answering(by=System())
            ended += 1
    return ended


@task()
def compare(run: int) -> None:
    """類似の計算: compute a requested run by its id."""
    found = ComparisonRun.objects.select_related("consultation").filter(pk=run).first()
    if found is not None:
        found.compute()
