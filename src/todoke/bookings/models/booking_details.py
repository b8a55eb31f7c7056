"""Booking details 予約の内容: what a booking is made of, and the questions that are asked about bookings."""

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any, Self

from django.db import models
from django.db.models import Q

from todoke.accounts.models import User
from todoke.bookings.models.facility import BookableUnit
from todoke.bookings.models.registrant import Registrant
from todoke.bookings.models.use_rules import UseRules
from todoke.bookings.permissions import MANAGE_BOOKINGS
from todoke.organization.models import Department

if TYPE_CHECKING:
    from todoke.bookings.models.booking import Booking  # noqa: F401 - so that the types of the models are read in this order


@dataclass(frozen=True)
class BookingDetails:
    """予約の内容: who books, for what, by which way; ``form_key`` makes a form that is sent twice one booking."""

    department: Department
    unit: BookableUnit | None = None
    registrant: Registrant | None = None
    contact_name: str = ""
    contact_email: str = ""
    contact_phone: str = ""
    purpose: str = ""
    people: int = 1
    channel: str = "online"
    rules: UseRules | None = None
    public_label: str = ""
    form_key: str | None = None

    def as_columns(self) -> dict[str, Any]:
        """Return the columns of the booking."""
        return {name: getattr(self, name) for name in self.__dataclass_fields__} | {"form_key": self.form_key or None}


class BookingQuerySet(models.QuerySet["Booking"]):
    def visible_to(self, user: User) -> Self:
        """Bookings of the departments whose bookings the person receives today."""
        return self.filter(department__in=[each.pk for each in MANAGE_BOOKINGS.departments_of(user)])

    def of(self, user: User) -> Self:
        """Bookings that a signed-in resident made or that were made for a registrant of theirs."""
        return self.filter(Q(recorded_by=user, registrant=None) | Q(registrant__account=user))

    def live(self) -> Self:
        """Holds and confirmed bookings."""
        return self.filter(status__in=["held", "confirmed"])

    def kept(self) -> Self:
        """Holds and confirmed bookings, and those whose time has passed, whoever came."""
        return self.filter(status__in=["held", "confirmed", "used", "absent"])

    def overdue(self, now: datetime) -> Self:
        """Holds whose time is over."""
        return self.filter(status="held", held_until__lte=now)
