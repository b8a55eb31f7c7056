"""Day sheet 一日の予定: the bookings of a day that a person receives, in the order of their times; two queries."""

from datetime import date, datetime, timedelta
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest

from todoke.accounts.models import User
from todoke.bookings.models import Booking, FacilityGroup
from todoke.bookings.permissions import MANAGE_BOOKINGS
from todoke.japanese.calendar import JAPAN, business_date
from todoke.web.permission_check import staff

COLOURS = {"confirmed": "success", "held": "warning", "used": "", "absent": "error"}


def receives_bookings(user: User) -> bool:
    """Whether a person receives bookings of any department today."""
    return bool(MANAGE_BOOKINGS.departments_of(user))


def receiver(request: HttpRequest) -> User:
    """Return the person who receives bookings. Raises PermissionDenied to everybody else."""
    user = staff(request)
    if not receives_bookings(user):
        raise PermissionDenied
    return user


def manages_halls(user: User) -> bool:
    """Whether a person receives the bookings of a hall today; a desk for visits alone is none."""
    return FacilityGroup.objects.visible_to(user).exists()


def hall_manager(request: HttpRequest) -> User:
    """Return the person who receives the bookings of a hall. Raises PermissionDenied to everybody else."""
    user = staff(request)
    if not manages_halls(user):
        raise PermissionDenied
    return user


def next_day(user: User, start: datetime) -> date | None:
    """Return the next day that has a live booking; None where there is none."""
    rows = Booking.objects.visible_to(user).live().filter(starts_at__gte=start).order_by("starts_at")
    found = rows.values_list("starts_at", flat=True).first()
    return business_date(found) if found else None


def day_sheet(user: User, start: datetime) -> list[dict[str, Any]]:
    """Return the rows of a day; ended bookings are left out."""
    rows = Booking.objects.visible_to(user).filter(starts_at__gte=start, starts_at__lt=start + timedelta(days=1))
    found = rows.exclude(status__in=["expired", "cancelled", "called_off"]).order_by("starts_at", "pk")
    return [
        {
            "booking": each,
            "time": f"{each.starts_at.astimezone(JAPAN):%H:%M}~{each.ends_at.astimezone(JAPAN):%H:%M}",
            "what": each.public_label or str(each.unit or each.purpose),
            "who": each.registrant.name if each.registrant else each.contact_name,
            "colour": COLOURS.get(each.status, ""),
        }
        for each in found.select_related("unit__resource", "registrant")
    ]
