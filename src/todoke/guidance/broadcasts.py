"""Broadcasts 一斉のお知らせ: notices to residents who consented, at a chosen time, with a delivery log."""

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
    """Queue a broadcast for everybody who consented, in batches, so that other jobs are not blocked; return how many.

    Idempotent: it continues where a killed worker stopped.
    """
    broadcast = Broadcast.objects.get(pk=broadcast_id)
    with transaction.atomic():
        broadcast.settle(Broadcast.Status.SENDING, by=System())
    sent = 0
    while (some := _send_batch(broadcast_id)) is not None:
        sent += some
    return sent


@transaction.atomic
def _send_batch(broadcast_id: int) -> int | None:
    """Queue the next batch and store how far it went; None when nobody is left or it is not being sent."""
    broadcast = Broadcast.objects.select_for_update().get(pk=broadcast_id)
    if broadcast.status != Broadcast.Status.SENDING:
        return None
    people = list(broadcast.audience().exclude(email="").filter(pk__gt=broadcast.reached)[:AT_ONCE])
    if not people:
        broadcast.settle(Broadcast.Status.SENT, by=System(), readers=broadcast.readers)
        return None
    for person in people:
        _enqueue(broadcast, person)
    readers = broadcast.readers + len(people)
    Broadcast.objects.filter(pk=broadcast_id).update(reached=people[-1].pk, readers=readers)
    return len(people)


def _enqueue(broadcast: Broadcast, person: User) -> None:
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


def delivery_counts(broadcast: Broadcast) -> list[tuple[str, int]]:
    """Return the number of deliveries by status (配達の記録)."""
    rows = Delivery.objects.filter(message__about=broadcast.about).values_list("status").annotate(n=Count("pk"))
    found = dict(rows)
    return [(str(label), found[value]) for value, label in Delivery.Status.choices if value in found]
