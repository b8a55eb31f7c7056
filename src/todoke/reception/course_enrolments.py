"""Course enrolments 受講の申込み: seats in a class with the mail that says so, by every way alike."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from todoke.accounts.actors import Actor, System
from todoke.audit.log import subject_of
from todoke.audit.transitions import stamp_once
from todoke.bookings.models import Course, Enrolment
from todoke.notices import outbox
from todoke.reception.booking_notices import moment
from todoke.reception.visit_reminders import morning_before
from todoke.runtime.links import absolute


@dataclass(frozen=True)
class EnrolmentRequest:
    """受講の申込み: who, how many seats together, how the person is reached, and by which way it came."""

    name: str
    seats: int = 1
    email: str = ""
    phone: str = ""
    needs: str = ""
    channel: str = "online"
    form_key: str | None = None


@transaction.atomic
def enrol(course: Course, wanted: EnrolmentRequest, *, by: Actor) -> Enrolment:
    """受講申込: take the seats or a place in the line, and tell by mail; without a mail the office tells.

    Raises what ``Course.enrol`` raises.
    """
    made = course.enrol(**vars(wanted), by=by)
    if made.told_at is None:
        tell_result(made, by=by)
    return made


@transaction.atomic
def withdraw(enrolment: Enrolment, *, by: Actor) -> list[Enrolment]:
    """辞退: give the seats back, and tell whoever moves up; returns them. Raises Conflict the second time."""
    moved = enrolment.withdraw(by=by)
    for each in moved:
        tell_result(each, by=System())
    return moved


def tell_result(enrolment: Enrolment, *, by: Actor) -> bool:
    """Tell seats or the place in the line by mail; False where there is no address."""
    code = "enrolment-waiting" if enrolment.status == Enrolment.Status.WAITING else "enrolment-confirmed"
    if not _tell(enrolment, code, by=by):
        return False
    enrolment.note_told(by=by)
    return True


def _tell(enrolment: Enrolment, code: str, *, by: Actor) -> bool:
    if not enrolment.contact_email:
        return False
    course, name = enrolment.course, " ".join(enrolment.contact_name.split())
    outbox.enqueue(
        code,
        to=outbox.Recipient(enrolment.contact_email, name=name),
        context={
            "name": name, "course": course.title, "when": moment(course.starts_at), "place": course.place,
            "seats": enrolment.seats, "position": enrolment.position,
            "url": absolute("portal:enrolment", enrolment.token),
            "contact": f"{course.department.name} {course.department.phone}".strip(),
        },
        about=subject_of(enrolment),
        by=by,
    )  # fmt: skip
    return True


def remind(now: datetime) -> int:
    """前日のお知らせ: remind everybody seated with a mail address on the office day before, once; returns how many."""
    count, soon = 0, Course.objects.filter(starts_at__gt=now).order_by("starts_at")
    for course in soon.select_related("department"):
        if not morning_before(course.starts_at) <= now:
            continue
        rows = course.enrolments.filter(
            status="confirmed", reminded_at=None, enrolled_at__lt=morning_before(course.starts_at)
        )
        for each in rows.exclude(contact_email=""):
            with transaction.atomic():
                count += stamp_once(each, "reminded_at") and _tell(each, "class-reminder", by=System())
    return count
