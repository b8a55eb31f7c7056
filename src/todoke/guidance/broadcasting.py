"""Broadcasting 一斉のお知らせ: to those who agreed, at the chosen moment, with a log of how each delivery ended."""

from django.conf import settings
from django.db import transaction
from django.db.models import Count

from todoke.accounts.actors import System
from todoke.guidance.models import Broadcast
from todoke.jobs.urgency import Urgency
from todoke.notices import outbox
from todoke.notices.models import Delivery


@transaction.atomic
def send(broadcast_id: int) -> int:
    """Post a broadcast to everybody who agrees at this moment; return to how many. Safe to run twice."""
    broadcast = Broadcast.objects.get(pk=broadcast_id)
    readers = [person for person in broadcast.audience() if person.email]
    if not broadcast.settle(Broadcast.Status.SENT, by=System(), readers=len(readers)):
        return 0
    for person in readers:
        outbox.post(
            "broadcast",
            to=outbox.Recipient.of(person),
            context={
                "subject": broadcast.subject,
                "body": broadcast.body,
                "url": f"{settings.PUBLIC_URL}/me/notices/",
            },
            about=broadcast.about,
            by=System(),
            urgency=Urgency.BULK,
        )
    return len(readers)


def log_of(broadcast: Broadcast) -> list[tuple[str, int]]:
    """Return how many deliveries ended how (配達の記録), in the order of the states."""
    rows = Delivery.objects.filter(message__about=broadcast.about).values_list("status").annotate(n=Count("pk"))
    found = dict(rows)
    return [(str(label), found[value]) for value, label in Delivery.Status.choices if value in found]
