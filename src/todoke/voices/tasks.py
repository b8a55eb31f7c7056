"""Background tasks of the voices; idempotent."""

from django_tasks import task

from todoke.accounts.actors import System
from todoke.voices.arrival import Channel
from todoke.voices.models import ComparisonRun, Consultation, Timeliness
from todoke.voices.sender_erasure import due_consultations, erase_senders


@task()
def close_consultations() -> int:
    """意見募集の締切: end the intake of what has run out; return how many.

    Where an outage touched the last 24 hours a person decides whether to extend the period, and what came meanwhile is
    judged anew.
    """
    Timeliness.name_consultations()
    ended = 0
    for each in Consultation.objects.ended():
        if not each.is_over(Channel.WEB):
            continue
        if each.hindrances():
            each.rejudge(by=System(), channels=[Channel.WEB])
            continue
        each.begin_answering(by=System())
        ended += 1
    return ended


@task()
def erase_due_senders() -> int:
    """提出者の情報の消去: erase who sent opinions once the retention is over; return how many people."""
    return sum(erase_senders(each, by=System("提出者の情報の保存期間")) for each in due_consultations())


@task()
def compare(run: int) -> None:
    """類似の計算: compute a requested run by its id."""
    found = ComparisonRun.objects.select_related("consultation").filter(pk=run).first()
    if found is not None:
        found.compute()
