"""Background tasks of bookings; each is safe to run twice."""

from django.db import transaction
from django.utils import timezone
from django_tasks import task

from todoke.accounts.actors import System
from todoke.bookings.contact_erasure import erase_old_contacts
from todoke.bookings.models import Allocation, Booking, Lottery
from todoke.bookings.returned_frames import advance_offers
from todoke.jobs.priority import Priority


@task(priority=Priority.NORMAL)
def release_overdue() -> None:
    """期限の過ぎた仮予約と返却枠: expire holds, pass on offers, and open returned times whose moment has come."""
    now = timezone.now()
    advance_offers(now)
    lapsed = Allocation.objects.lapsed(now).values("booking")
    for booking in Booking.objects.filter(pk__in=lapsed):
        with transaction.atomic():
            booking.lapse(now)


@task(priority=Priority.NORMAL)
def close_lotteries() -> None:
    """抽選の締切: close every lottery whose time has come."""
    for lottery in Lottery.objects.to_close(timezone.now()):
        lottery.close(by=System())


@task(priority=Priority.BULK)
def erase_contacts() -> None:
    """予約の氏名の消去: erase names and addresses 13 months after use."""
    erase_old_contacts(timezone.now())
