"""Reminders 宿題のお知らせ: notices to the chief of a department about due commitments, at most once a week."""

from datetime import date, timedelta

from django.db import transaction
from django.db.models import Q

from todoke.accounts.actors import Actor, System
from todoke.audit.transitions import compare_and_set
from todoke.japanese.calendar import format_date, today
from todoke.meetings.commitment_notices import people_to_tell
from todoke.meetings.models import Commitment, CommitmentEvent
from todoke.notices.outbox import enqueue
from todoke.runtime.links import absolute

AHEAD = timedelta(days=14)
PAUSE = timedelta(days=7)


def due_soon(on: date) -> list[Commitment]:
    """Return open commitments that are late or due within 14 days and had no reminder within 7 days."""
    waiting = Q(reminded_on__isnull=True) | Q(reminded_on__lte=on - PAUSE)
    soon = Commitment.objects.open().filter(waiting, due__lte=on + AHEAD)
    return list(soon.select_related("department", "body").order_by("due", "number"))


def remind(on: date | None = None, *, by: Actor | None = None) -> int:
    """Send the reminders; return how many notices were written."""
    on, by, written = on or today(), by or System("宿題のお知らせ"), 0
    for commitment in due_soon(on):
        written += _tell(commitment, on, by)
    return written


@transaction.atomic
def _tell(commitment: Commitment, on: date, by: Actor) -> int:
    if not compare_and_set(commitment, {"reminded_on": commitment.reminded_on}, reminded_on=on):
        return 0
    people = people_to_tell(commitment.department)
    for person in people:
        enqueue(
            "commitment-due",
            to=person,
            context={
                "name": person.name, "number": commitment.number, "what": commitment.what, "body": commitment.body.name,
                "due": format_date(commitment.due) if commitment.due else "期限未定",
                "url": absolute("board:commitment", commitment.number),
            },
            about=f"宿題 {commitment.number}",
            by=by,
        )  # fmt: skip
    commitment.log_event(CommitmentEvent.Kind.REMINDED, f"{len(people)}人に知らせました", by=by)
    return len(people)
