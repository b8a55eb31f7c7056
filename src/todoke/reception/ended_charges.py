"""Ended charges 終わった予約の使用料: an unpaid fee ends with its booking; one called off is given back whole.

A charge that somebody is paying at this moment is left alone, so that neither waits for the other: the payment gives
its money back itself, and a payment that came to nothing is found by ``end_left_charges``.
"""

from django.db import transaction

from todoke.accounts.actors import Actor, System
from todoke.bookings.models import Booking
from todoke.payments import collection
from todoke.payments.models import Attempt, Charge
from todoke.reception.models import FacilityUse

ENDED = (Booking.Status.EXPIRED, Booking.Status.CANCELLED, Booking.Status.CALLED_OFF)


def end_charge(use: FacilityUse, *, by: Actor) -> None:
    """Cancel the unpaid charge of an ended booking, or refund a paid one that the office called off."""
    if use.charge_id is None:
        return
    charge = Charge.objects.select_for_update(skip_locked=True).filter(pk=use.charge_id).first()
    if charge is None:
        return
    if charge.status == Charge.Status.UNPAID:
        if charge.live_attempt() is None:
            charge.cancel(by=System(), reason=f"施設の予約の{use.booking.get_status_display()}")
    elif use.booking.status == Booking.Status.CALLED_OFF and charge.is_settled:
        _refund_whole(use, charge, by)


def _refund_whole(use: FacilityUse, charge: Charge, by: Actor) -> None:
    receipt = charge.receipt
    if left := receipt.yen - receipt.refunded_yen:
        seen, reason = receipt.refunded_yen, "施設の予約の中止(全額)"
        collection.refund(receipt, yen=left, seen_refunded_yen=seen, reason=reason, by=by)
    FacilityUse.objects.filter(pk=use.pk).update(refund_percent=100)


def end_left_charges() -> int:
    """Cancel the unpaid charges of ended bookings whose payment came to nothing after all; returns how many."""
    rows = FacilityUse.objects.filter(booking__status__in=ENDED, charge__in=Charge.objects.unpaid())
    left = rows.exclude(charge__attempts__status__in=Attempt.LIVE).select_related("booking")
    for use in left:
        with transaction.atomic():
            end_charge(use, by=System())
    return len(left)
