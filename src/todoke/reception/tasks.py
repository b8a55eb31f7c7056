"""Background tasks of the reception; each is safe to run twice."""

from django.utils import timezone
from django_tasks import task

from todoke.bookings.models import Lottery
from todoke.jobs.priority import Priority
from todoke.reception import course_enrolments, manual_notices
from todoke.reception.ended_charges import end_left_charges
from todoke.reception.lottery_awards import award
from todoke.reception.visits.visit_reminders import remind


@task(priority=Priority.SCHEDULED)
def remind_visitors() -> None:
    """来庁のお知らせ: remind of visits on the office day before and an hour before."""
    remind(timezone.now())


@task(priority=Priority.SCHEDULED)
def remind_learners() -> None:
    """講座のお知らせ: remind of classes on the office day before."""
    course_enrolments.remind(timezone.now())


@task(priority=Priority.NORMAL)
def end_unanswered_enrolments() -> None:
    """確かめていない受講申込: give the seats back whose mail nobody answered in time."""
    course_enrolments.end_unanswered(timezone.now())


@task(priority=Priority.NORMAL)
def end_unpaid_enrolments() -> None:
    """納期限の過ぎた受講料: give the seats to whoever waits, and tell both."""
    course_enrolments.end_unpaid(timezone.now())


@task(priority=Priority.NORMAL)
def award_lottery(lottery: int) -> None:
    """当選の予約: book the wins of a drawn lottery and tell everybody."""
    award(Lottery.objects.get(pk=lottery))


@task(priority=Priority.NORMAL)
def end_charges() -> None:
    """終わった予約の使用料: cancel the fees of ended bookings whose payment came to nothing."""
    end_left_charges()


@task(priority=Priority.BULK)
def erase_manual_notices() -> None:
    """電話・手紙の知らせの消去: erase the words of what was told 90 days ago."""
    manual_notices.erase(timezone.now())
