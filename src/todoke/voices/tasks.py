"""Background tasks of the voices; idempotent."""

from django.utils import timezone
from django_tasks import task

from todoke.accounts.actors import System
from todoke.jobs.queues import LONG
from todoke.voices import follower_news
from todoke.voices.arrival import Channel
from todoke.voices.models import ComparisonRun, Consultation, ConsultationBurst, Timeliness
from todoke.voices.models.consultation_burst import HOUR
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


@task()
def watch_arrivals() -> int:
    """意見の集中の監視: tell the sections of an unusual hour, this one or the one before; return how many hours."""
    now = timezone.now().replace(minute=0, second=0, microsecond=0)
    hours = [(of, hour) for of in Consultation.objects.open() for hour in (now - HOUR, now)]
    return sum(ConsultationBurst.note(of, hour, by=System("意見の集中の監視")) is not None for of, hour in hours)


@task(queue_name=LONG)
def tell_followers(consultation: int, news: str) -> None:
    """募集の知らせ: mail whoever follows a call."""
    follower_news.tell_followers(consultation, news)


@task(queue_name=LONG)
def tell_senders(consultation: int) -> None:
    """結果の知らせ: mail whoever left an address with an opinion."""
    follower_news.tell_senders(consultation)


@task()
def forget_followers() -> int:
    """受取人の消去: forget who never confirmed, and everybody after the end; return how many people."""
    return follower_news.forget_followers()
