"""Broadcasting 一斉のお知らせ: to those who agreed, at the chosen moment, with a log of how each delivery ended."""

from django.db import transaction
from django.db.models import Count

from todoke.accounts.actors import System
from todoke.accounts.models import User
from todoke.guidance.models import Broadcast
from todoke.jobs.priority import Priority
from todoke.notices import outbox
from todoke.notices.models import Delivery
from todoke.runtime.links import absolute

AT_ONCE = 200


def send(broadcast_id: int) -> int:
    """Post a broadcast to everybody who agrees, some at a time, so that nobody's application waits for all of them.

    Return to how many. Safe to run twice, and goes on where a killed worker stopped.
    """
    broadcast = Broadcast.objects.get(pk=broadcast_id)
    with transaction.atomic():
        broadcast.settle(Broadcast.Status.SENDING, by=System())
    sent = 0
    while (some := _send_some(broadcast_id)) is not None:
        sent += some
    return sent


@transaction.atomic
def _send_some(broadcast_id: int) -> int | None:
    """Post to the next readers, and remember how far it went; None when nobody is left, or it is not being sent."""
    broadcast = Broadcast.objects.select_for_update().get(pk=broadcast_id)
    if broadcast.status != Broadcast.Status.SENDING:
        return None
    people = list(broadcast.audience().exclude(email="").filter(pk__gt=broadcast.reached)[:AT_ONCE])
    if not people:
        broadcast.settle(Broadcast.Status.SENT, by=System(), readers=broadcast.readers)
        return None
    for person in people:
        _post(broadcast, person)
    readers = broadcast.readers + len(people)
    Broadcast.objects.filter(pk=broadcast_id).update(reached=people[-1].pk, readers=readers)
    return len(people)


def _post(broadcast: Broadcast, person: User) -> None:
    outbox.enqueue(
        "broadcast",
        to=outbox.Recipient.of(person),
        context={
            "subject": broadcast.subject,
            "body": broadcast.body,
            "url": absolute("portal:notices"),
        },
        about=broadcast.about,
        by=System(),
        priority=Priority.BULK,
    )


def log_of(broadcast: Broadcast) -> list[tuple[str, int]]:
    """Return how many deliveries ended how (配達の記録), in the order of the states."""
    rows = Delivery.objects.filter(message__about=broadcast.about).values_list("status").annotate(n=Count("pk"))
    found = dict(rows)
    return [(str(label), found[value]) for value, label in Delivery.Status.choices if value in found]
