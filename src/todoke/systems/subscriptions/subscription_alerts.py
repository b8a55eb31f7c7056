"""Subscription alerts 利用契約の知らせ: a mail to who decides about a tool, once for each thing to be decided."""

from datetime import date

from django.db import transaction

from todoke.accounts.actors import System
from todoke.japanese.calendar import today
from todoke.notices.models import Message
from todoke.notices.outbox import Recipient, enqueue
from todoke.runtime.links import absolute
from todoke.systems.models.incident_notice import current_chiefs
from todoke.systems.models.subscription import BudgetCalendar, Subscription
from todoke.systems.permissions import EDIT_REGISTER

CODE, BY = "subscription-alert", System("利用契約の知らせ")


def tell(on: date | None = None) -> int:
    """Mail the chief of the section and who keeps the register what is to be decided; each once, also when run twice.

    Returns how many mails were written.
    """
    day, sent = on or today(), 0
    calendar = BudgetCalendar.following(day)
    rows = Subscription.objects.select_related("department").prefetch_related("prices", "uses", "decisions")
    for subscription in rows:
        for about, said in subscription.named_alerts(calendar, day).items():
            with transaction.atomic():
                sent += _tell(subscription, f"{subscription.code} {about}", said)
    return sent


def _tell(subscription: Subscription, about: str, said: str) -> int:
    if Message.objects.filter(code=CODE, about=about).exists():
        return 0
    people = {each.user: each for each in current_chiefs([subscription.department])}
    people |= {user: Recipient.of(user) for user in EDIT_REGISTER.people()}
    for person in people.values():
        context = {
            "name": person.name, "title": subscription.name, "said": said,
            "url": absolute("board:subscription", subscription.code),
        }  # fmt: skip
        enqueue(CODE, to=person, context=context, about=about, by=BY)
    return len(people)
