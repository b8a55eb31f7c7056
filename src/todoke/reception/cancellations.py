"""Cancellations 予約の中止: the office ends a booking; its money and the news of it go in the same transaction."""

from dataclasses import dataclass

from django.db import transaction

from todoke.accounts.models import User
from todoke.bookings.models import Booking
from todoke.payments.models import Receipt
from todoke.reception.booking_notices import tell


@dataclass(frozen=True)
class CalledOff:
    """中止の結果: whether a mail was written, and how many yen go back."""

    told: bool
    yen: int


@transaction.atomic
def call_off(booking: Booking, *, reason: str, by: User) -> CalledOff:
    """中止: end a booking, give its fee back whole and tell the reason; without a mail the office telephones.

    Raises Closed when it is over already, Refused without a reason.
    """
    receipt = Receipt.objects.filter(charge__use__booking=booking).first()
    yen = receipt.yen - receipt.refunded_yen if receipt else 0
    booking.call_off(reason=reason, by=by)
    group = booking.unit.resource.group if booking.unit else None
    told = tell(
        booking, "booking-called-off", by=by, reason=reason.strip(),
        refund=f"使用料{yen:,}円を全額お返しします。お手続きはいりません。" if yen else "使用料はいただきません。",
        appeal=group.appeal if group else "",
    )  # fmt: skip
    return CalledOff(told, yen)
