"""講座の画面: who has a seat, who waits, who is still to be told, and how people enrolled; two queries."""

from collections import Counter
from typing import Any

from todoke.bookings.models import Course, Enrolment
from todoke.japanese.calendar import business_date, today
from todoke.payments.models import Charge
from todoke.reception.booking_notices import moment

MOST = 2000


def course_context(course: Course) -> dict[str, Any]:
    """Return what the page of a class shows."""
    found = course.enrolments.exclude(status=Enrolment.Status.WITHDRAWN).exclude(status="lapsed", told_at__isnull=False)
    every = list(found.select_related("fee__charge__receipt").order_by("position", "pk")[:MOST])
    rows = [each for each in every if each.status != Enrolment.Status.LAPSED]
    seated = [each for each in rows if each.status != Enrolment.Status.WAITING]
    counted = Counter(each.get_channel_display() for each in rows)
    return {
        "course": course,
        "when": f"{moment(course.starts_at)}~{moment(course.ends_at)[-5:]}",
        "seated": seated,
        "waiting": [each for each in rows if each.status == Enrolment.Status.WAITING],
        "untold": [
            each for each in every if each.told_at is None and each.status in {"confirmed", "waiting", "lapsed"}
        ],
        "channels": sorted(counted.items()),
        "attending": business_date(course.starts_at) <= today(),
        "unpaid": [each for each in seated if _is_unpaid(each)],
        "came": sum(each.seats for each in seated if each.status == Enrolment.Status.ATTENDED),
    }


def _is_unpaid(enrolment: Enrolment) -> bool:
    fee = getattr(enrolment, "fee", None)
    return fee is not None and fee.charge.status == Charge.Status.UNPAID
