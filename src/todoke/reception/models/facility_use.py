"""Facility uses 施設利用: a booking of a hall with its charge, its permit and what was given back."""

import secrets

from django.db import models, transaction
from django.db.models import Q
from django.utils import timezone

from todoke.accounts.actors import Actor
from todoke.accounts.models import User
from todoke.audit.log import record
from todoke.audit.transitions import compare_and_set
from todoke.bookings.models import Booking
from todoke.bookings.permissions import MANAGE_BOOKINGS
from todoke.payments.models import Charge
from todoke.runtime.refusals import NotAllowed, NotYet


class FacilityUseQuerySet(models.QuerySet["FacilityUse"]):
    def visible_to(self, user: User) -> "FacilityUseQuerySet":
        """Uses of the halls whose bookings the person receives today."""
        return self.filter(booking__department__in=[each.pk for each in MANAGE_BOOKINGS.departments_of(user)])


class FacilityUse(models.Model):
    """施設利用: what a use of a hall costs and whether it is permitted; confirmed uses are free or have a charge."""

    booking = models.OneToOneField(Booking, models.PROTECT, related_name="use", verbose_name="予約")
    frame = models.CharField("区分の名", max_length=20)
    charge = models.OneToOneField(Charge, models.PROTECT, null=True, related_name="use", verbose_name="調定")
    permit_number = models.CharField("承認番号", max_length=20, unique=True, null=True)
    permitted_at = models.DateTimeField("承認日時", null=True)
    refund_percent = models.PositiveSmallIntegerField("還付の割合(%)", null=True)

    objects = FacilityUseQuerySet.as_manager()

    class Meta:
        verbose_name = "施設利用"
        ordering = ["booking__starts_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(refund_percent=None) | Q(refund_percent__lte=100), name="reception_a_refund_is_a_share"
            )
        ]

    def __str__(self) -> str:
        return self.booking.number

    @property
    def is_permitted(self) -> bool:
        """Whether the permit is good: given, and the booking not cancelled since."""
        return self.permit_number is not None and self.booking.status in {"confirmed", "used"}

    def require_taking(self, *, by: Actor) -> None:
        """Raises NotYet before the use is permitted; who holds the link of the booking may take the permit."""
        if not self.is_permitted:
            raise NotYet("使用承認書は、使用料を納めて予約が確定すると出ます。")

    def require_manager(self, by: User) -> None:
        """Raises NotAllowed to whoever does not receive the bookings of the hall."""
        if not MANAGE_BOOKINGS.held_by(by, self.booking.department):
            raise NotAllowed("この施設の予約を扱えるのは、担当部署の人だけです。")

    @transaction.atomic
    def permit(self, *, by: Actor) -> None:
        """承認: number the permit, once; one audit entry."""
        number = f"S{secrets.randbelow(10**10):010}"
        if compare_and_set(self, {"permit_number": None}, permit_number=number, permitted_at=timezone.now()):
            record(self, "使用の承認", by=by, after={"承認番号": number})
