"""Receivers of signals from payments and bookings: money confirms a use; a returned time ends its charge."""

from typing import Any

from django.db import transaction
from django.dispatch import receiver

from todoke.accounts.actors import Actor, System
from todoke.audit.log import record
from todoke.bookings import signals as bookings
from todoke.bookings.models import Booking, Taken, WaitlistEntry
from todoke.jobs.backend import task_named
from todoke.payments import collection
from todoke.payments import signals as payments
from todoke.payments.models import Charge, Overpayment
from todoke.reception.booking_notices import moment, tell, tell_registrant
from todoke.reception.course_enrolments import tell_late_payment
from todoke.reception.ended_charges import end_charge
from todoke.reception.models import EnrolmentCharge, FacilityUse
from todoke.runtime.links import absolute
from todoke.runtime.refusals import Closed

AWARD = "todoke.reception.tasks.award_lottery"
STANDING = (Booking.Status.CONFIRMED, Booking.Status.USED, Booking.Status.ABSENT)


def _use_of(charge: Charge) -> FacilityUse | None:
    return (
        FacilityUse.objects.select_related("booking__unit__resource", "booking__registrant")
        .filter(charge=charge)
        .first()
    )


@receiver(payments.settled)
def on_paid(sender: object, *, charge: Charge, by: Actor, **kwargs: Any) -> None:
    """Confirm the use; where the hold is over, take the time again if it is free, else give the money back and tell.

    A use that stands already, whose fee was assessed anew, only has its fee paid now.
    """
    use = _use_of(charge)
    if use is None or use.booking.status in STANDING:
        return
    try:
        with transaction.atomic():
            if use.booking.status == Booking.Status.EXPIRED:
                use.booking.take_again(by=System())
            else:
                use.booking.confirm(by=System(), late=True)
            use.permit(by=System())
    except (Taken, Closed):
        _give_back(use, charge)
        return
    tell(use.booking, "facility-confirmed", by=System())


def _give_back(use: FacilityUse, charge: Charge) -> None:
    receipt = charge.receipt
    collection.refund(receipt, yen=receipt.yen, seen_refunded_yen=0, reason="期限後の納付(時間は先約)", by=System())
    tell(use.booking, "facility-late-payment", by=System(), fee=f"{receipt.yen:,}円")


@receiver(payments.overpaid)
def on_overpaid(sender: object, *, charge: Charge, overpayment: Overpayment, **kwargs: Any) -> bool:
    """Tell whoever booked or enrolled that the money is given back; returns whether there was an address."""
    use = _use_of(charge)
    if use is None:
        return tell_late_payment(charge, overpayment.yen)
    return bool(tell(use.booking, "facility-late-payment", by=System(), fee=f"{overpayment.yen:,}円"))


@receiver(payments.receipt_reversed)
def on_receipt_reversed(sender: object, *, charge: Charge, again: Charge, **kwargs: Any) -> None:
    _repoint(charge, again, "収納の取消")


@receiver(payments.exempted)
def on_exempted(sender: object, *, charge: Charge, again: Charge, by: Actor, **kwargs: Any) -> None:
    """Point the use at the reduced charge; nothing left to pay confirms it."""
    _repoint(charge, again, "減免")
    if again.status == Charge.Status.FREE:
        on_paid(sender, charge=again, by=by)


def _repoint(charge: Charge, again: Charge, why: str) -> None:
    EnrolmentCharge.objects.filter(charge=charge).update(charge=again)
    if use := _use_of(charge):
        FacilityUse.objects.filter(pk=use.pk).update(charge=again)
        record(use, "調定の付け替え", by=System(), after={"調定": again.number}, reason=why)


@receiver(bookings.released)
def on_released(sender: object, *, booking: Booking, by: Actor, **kwargs: Any) -> None:
    """End the charge of a time that was given back, and tell whoever let a hold run out."""
    use = FacilityUse.objects.filter(booking=booking).first()
    if use is None:
        return
    use.booking = booking
    end_charge(use, by=by)
    if booking.status == Booking.Status.EXPIRED:
        tell(booking, "facility-expired", by=System())


@receiver(bookings.offered)
def on_offered(sender: object, *, entry: WaitlistEntry, **kwargs: Any) -> None:
    until = moment(entry.offered_until) if entry.offered_until else ""
    tell_registrant(
        entry.registrant, "waiting-offer", about=entry, department=entry.unit.resource.department, by=System(),
        what=str(entry.unit), when=moment(entry.starts_at), until=until, url=absolute("portal:my-bookings"),
    )  # fmt: skip


@receiver(bookings.drawn)
def on_drawn(sender: object, *, lottery: Any, **kwargs: Any) -> None:
    task_named(AWARD).enqueue(lottery.pk)
