"""Course fees 受講料: assessed when seats are certain, ended or given back when they are returned."""

from datetime import date, datetime

from django.db import transaction

from todoke.accounts.actors import Actor
from todoke.bookings.models import Enrolment
from todoke.bookings.models.course import DAYS_TO_PAY
from todoke.japanese.calendar import business_date, today
from todoke.payments import collection
from todoke.payments.models import Attempt, Charge, Due
from todoke.reception.models import EnrolmentCharge
from todoke.runtime.refusals import Conflict

REVENUE = "講座受講料"


def fee_of(enrolment: Enrolment) -> EnrolmentCharge | None:
    """Return the fee of an enrolment, if it has one."""
    rows = EnrolmentCharge.objects.select_related("charge__receipt", "enrolment__course")
    return rows.filter(enrolment=enrolment).first()


@transaction.atomic
def assess(enrolment: Enrolment, *, by: Actor) -> Charge | None:
    """Assess the fee of certain seats, once; None where the class is free or the seats are not certain."""
    course = enrolment.course
    if not course.fee_yen or enrolment.status != Enrolment.Status.CONFIRMED:
        return None
    if (known := fee_of(enrolment)) is not None:
        return known.charge
    dues = [Due(f"{course.title} 受講料", REVENUE, course.fee_yen, enrolment.seats)]
    charge = Charge.assess(f"{course.title} 受講料", dues, applied_on=today(), due_on=course.fee_due_on, by=by)
    EnrolmentCharge.objects.create(enrolment=enrolment, charge=charge)
    return charge


def overdue(now: datetime) -> list[EnrolmentCharge]:
    """Return the unpaid fees of certain seats in classes to come whose term is over, nobody paying at this moment.

    The term is the day of the fee, and at least ``DAYS_TO_PAY`` after the person was told of it; untold, it never ends.
    """
    late = Charge.objects.overdue(business_date(now)).exclude(attempts__status__in=Attempt.LIVE)
    rows = EnrolmentCharge.objects.filter(charge__in=late, enrolment__course__starts_at__gt=now)
    certain = rows.filter(enrolment__status=Enrolment.Status.CONFIRMED, enrolment__told_at__isnull=False)
    found = certain.select_related("charge", "enrolment__course__department").order_by("enrolment__enrolled_at")
    return [fee for fee in found if _told_of(fee) + DAYS_TO_PAY < business_date(now)]


def _told_of(fee: EnrolmentCharge) -> date:
    told = fee.enrolment.told_at
    return business_date(told) if told else date.max - DAYS_TO_PAY


def cancel_unpaid(charge: Charge, *, by: Actor, reason: str) -> None:
    """Cancel the fee of seats that end. Raises Conflict while somebody pays it, or when it was paid meanwhile."""
    if charge.live_attempt() is not None or not charge.cancel(by=by, reason=reason):
        raise Conflict("受講料の支払を確かめているところです。少し待って、もう一度押してください。")


def is_returned(enrolment: Enrolment) -> bool:
    """Whether a withdrawal today gives a paid fee back: until the day that the class says, else until it closes."""
    course = enrolment.course
    return today() <= (course.refund_until or business_date(course.closes_at))


@transaction.atomic
def end(enrolment: Enrolment, *, by: Actor) -> int:
    """End the fee of seats that were given back: cancel what is unpaid, refund what is paid in time; returns the yen.

    Raises Conflict while the fee is being paid or refunded by somebody else.
    """
    fee = fee_of(enrolment)
    if fee is None:
        return 0
    charge = fee.charge
    if charge.status == Charge.Status.UNPAID:
        cancel_unpaid(charge, by=by, reason="受講の辞退")
        return 0
    if charge.status != Charge.Status.PAID or not is_returned(enrolment):
        return 0
    receipt = charge.receipt
    if collection.refund(receipt, yen=receipt.yen, seen_refunded_yen=0, reason="受講の辞退(全額)", by=by) is None:
        raise Conflict("受講料の還付が、同時に進んでいます。開き直して確かめてください。")
    return receipt.yen
