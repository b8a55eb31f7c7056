"""Expiry reminders 期限の知らせ: mails to people whose points end soon, and the list of those who have no mail."""

from datetime import timedelta

from django.db import transaction
from django.db.models import QuerySet

from todoke.accounts.actors import System
from todoke.japanese.calendar import format_date, today
from todoke.notices.models import Message
from todoke.notices.outbox import Recipient, enqueue
from todoke.points.models import PointGrant
from todoke.runtime.links import absolute

CODE, DAYS = "points-expire", (30, 7)


def ending_in(days: int) -> QuerySet[PointGrant]:
    """Return the grants with points left whose last day is so many days from today."""
    ending = PointGrant.objects.filter(expires_on=today() + timedelta(days=days), left__gt=0, cancelled_at=None)
    return ending.select_related("program", "user", "holder")


def remind() -> int:
    """Mail whoever has an account 30 and 7 days before; each once, also when run twice. Returns how many."""
    sent = 0
    for days in DAYS:
        for grant in ending_in(days).filter(user__isnull=False, user__is_active=True).iterator():
            about = f"{grant.number} {days}日前"
            if grant.user is None or Message.objects.filter(code=CODE, about=about).exists():
                continue
            context = {
                "name": grant.user.name, "title": grant.program.title, "points": f"{grant.left:,}",
                "until": format_date(grant.expires_on), "url": absolute("portal:points"),
            }  # fmt: skip
            with transaction.atomic():
                enqueue(CODE, to=Recipient.of(grant.user), context=context, about=about, by=System("期限の知らせ"))
            sent += 1
    return sent
