"""Course enrolments 受講の申込み: seats in a class with their fee and the mail that says so, by every way alike."""

from contextlib import suppress
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from todoke.accounts.actors import Actor, System, user_of
from todoke.audit.log import subject_of
from todoke.audit.transitions import stamp_once
from todoke.bookings.models import Course, Enrolment, EnrolmentRequest
from todoke.japanese.calendar import format_date
from todoke.notices import outbox
from todoke.organization.permissions import is_staff
from todoke.payments.models import Charge
from todoke.reception import course_fees, manual_notices
from todoke.reception.booking_notices import contact_of, moment
from todoke.reception.models import EnrolmentCharge
from todoke.reception.visits.visit_reminders import morning_before
from todoke.reception.visits.visit_requests import HELD_FOR, MOST_HOLDS
from todoke.runtime.links import absolute
from todoke.runtime.refusals import Conflict

CODES = {"held": "enrolment-held", "waiting": "enrolment-waiting", "confirmed": "enrolment-confirmed"}


@transaction.atomic
def enrol(course: Course, wanted: EnrolmentRequest, *, by: Actor) -> Enrolment:
    """受講申込: take the seats or a place in the line, and tell by mail; without a mail the office tells.

    The seats of a guest with a mail address are kept for half an hour until the mail is answered. Raises what
    ``Course.enrol`` raises, Conflict beyond three unanswered mails of an address.
    """
    until = None if _is_known(wanted, by) else timezone.now() + HELD_FOR
    if until is not None:
        _require_few_unanswered(wanted.email)
    made = course.enrol(wanted, until=until, by=by)
    if made.told_at is None:
        tell_result(made, by=by)
    return made


def _is_known(wanted: EnrolmentRequest, by: Actor) -> bool:
    """Whether no mail has to be answered: staff typed it, the address is one's own account's, or there is none."""
    user = user_of(by)
    own = user is not None and (is_staff(user) or user.email == wanted.email)
    return wanted.channel != "online" or own or not wanted.email


def _require_few_unanswered(email: str) -> None:
    rows = Enrolment.objects.filter(status="held", held_until__gt=timezone.now(), contact_email=email)
    if rows.count() >= MOST_HOLDS:
        raise Conflict("確かめていない申込みが3つあります。届いたメールから確かめるか、30分待ってください。")


@transaction.atomic
def confirm(enrolment: Enrolment, *, by: Actor) -> None:
    """確定: a guest opened the mail and confirms. Raises Closed when the half hour is over."""
    enrolment.confirm(by=by)
    if enrolment.told_at is None:
        tell_result(enrolment, by=by)


@transaction.atomic
def withdraw(enrolment: Enrolment, *, by: Actor) -> list[Enrolment]:
    """辞退: give the seats back, end the fee, and tell whoever moves up; returns them.

    Raises Conflict the second time, and while the fee is being paid.
    """
    moved = enrolment.withdraw(by=by)
    course_fees.end(enrolment, by=by)
    _tell_moved(moved)
    return moved


def end_unanswered(now: datetime) -> int:
    """期限切れ: give the seats back whose mail nobody answered, and tell whoever moves up; returns how many."""
    rows = list(Enrolment.objects.unanswered(now).select_related("course__department"))
    for each in rows:
        with transaction.atomic():
            _tell_moved(each.lapse(now))
    return len(rows)


def end_unpaid(now: datetime) -> int:
    """失効: give seats back whose fee did not come in time, tell the person and whoever moves up; returns how many."""
    count = 0
    for fee in course_fees.overdue(now):
        with suppress(Conflict), transaction.atomic():
            _free(fee)
            count += 1
    return count


def _free(fee: EnrolmentCharge) -> None:
    """End seats with their unpaid fee. Raises Conflict where somebody pays or withdraws meanwhile: nothing changes."""
    moved = fee.enrolment.forfeit(reason="受講料の納期限切れ")
    course_fees.cancel_unpaid(fee.charge, by=System(), reason="受講料の納期限切れ")
    if _tell(fee.enrolment, "enrolment-unpaid", by=System(), charge=fee.charge):
        fee.enrolment.note_told(by=System())
    _tell_moved(moved)


def tell_late_payment(charge: Charge, yen: int) -> bool:
    """Tell whoever paid the fee of ended seats that the money is given back; False where there is no address."""
    fee = EnrolmentCharge.objects.select_related("enrolment__course__department").filter(charge=charge).first()
    return bool(fee and _tell(fee.enrolment, "enrolment-late-payment", by=System(), fee=f"{yen:,}円"))


def _tell_moved(moved: list[Enrolment]) -> None:
    for each in moved:
        tell_result(each, by=System())


def tell_result(enrolment: Enrolment, *, by: Actor) -> bool:
    """Tell seats with their fee, or the place in the line, by mail; False where there is no address."""
    charge = course_fees.assess(enrolment, by=by)
    if not _tell(enrolment, "enrolment-fee" if charge else CODES[enrolment.status], by=by, charge=charge):
        return False
    enrolment.note_told(by=by)
    return True


def _tell(enrolment: Enrolment, code: str, *, by: Actor, charge: Charge | None = None, **more: object) -> bool:
    """Enqueue a notice to whoever enrolled; False where there is no address."""
    course, name = enrolment.course, " ".join(enrolment.contact_name.split())
    money = {"fee": f"{charge.yen:,}円", "due": format_date(charge.due_on)} if charge and charge.due_on else {}
    pay = {"pay": absolute("portal:payment", charge.token)} if charge else {}
    context = {
        "name": name, "course": course.title, "when": moment(course.starts_at), "place": course.place,
        "seats": enrolment.seats, "position": enrolment.position, "url": absolute("portal:enrolment", enrolment.token),
        "contact": contact_of(course.department), **money, **pay, **more,
    }  # fmt: skip
    about = subject_of(enrolment)
    if not enrolment.contact_email:
        phone = enrolment.contact_phone
        manual_notices.write(code, context, department=course.department, about=about, phone=phone)
        return False
    outbox.enqueue(code, to=outbox.Recipient(enrolment.contact_email, name=name), context=context, about=about, by=by)
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
