"""Background tasks of the reception; each is safe to run twice."""

from django.utils import timezone
from django_tasks import task

from todoke.bookings.models import Lottery
from todoke.jobs.priority import Priority
from todoke.reception import course_enrolments
from todoke.reception.ended_charges import end_left_charges
from todoke.reception.lottery_awards import award
from todoke.reception.visit_reminders import remind


@task(priority=Priority.SCHEDULED)
def remind_visitors() -> None:
    """来庁のお知らせ: remind of visits on the office day before and an hour before."""
    remind(timezone.now())


@task(priority=Priority.SCHEDULED)
def remind_learners() -> None:
    """講座のお知らせ: remind of classes on the office day before."""
    course_enrolments.remind(timezone.now())


@task(priority=Priority.NORMAL)
def award_lottery(lottery: int) -> None:
    """当選の予約: book the wins of a drawn lottery and tell everybody."""
    award(Lottery.objects.get(pk=lottery))


@task(priority=Priority.NORMAL)
def end_charges() -> None:
    """終わった予約の使用料: cancel the fees of ended bookings whose payment came to nothing."""
    end_left_charges()
