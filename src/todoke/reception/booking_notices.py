"""Booking notices 予約の通知: mails about visits and halls, written in the transaction of the act."""

from datetime import datetime

from django.db import models

from todoke.accounts.actors import Actor
from todoke.audit.log import subject_of
from todoke.bookings.models import Booking, Registrant
from todoke.japanese.calendar import JAPAN, format_date
from todoke.notices import outbox
from todoke.runtime.links import absolute


def moment(instant: datetime) -> str:
    """Return an instant as 2026年12月1日(火) 10:00."""
    at = instant.astimezone(JAPAN)
    return f"{format_date(at.date())} {at:%H:%M}"


def address_of(booking: Booking) -> str:
    """Return the mail address of whoever booked, or nothing."""
    return booking.contact_email or (booking.registrant.email if booking.registrant else "")


def tell(booking: Booking, template: str, *, by: Actor, **context: object) -> bool:
    """Enqueue a notice to whoever booked; False where there is no address, which the office reaches by telephone."""
    email = address_of(booking)
    if not email:
        return False
    name = " ".join(booking.contact_name.split()) or (booking.registrant.name if booking.registrant else "予約した方")
    outbox.enqueue(
        template,
        to=outbox.Recipient(email, name=name),
        context={
            "name": name,
            "number": booking.number,
            "what": str(booking.unit or booking.purpose),
            "when": moment(booking.starts_at),
            "url": absolute("portal:booking", booking.token),
            "contact": f"{booking.department.name} {booking.department.phone}".strip(),
            **context,
        },
        about=subject_of(booking),
        by=by,
    )
    return True


def tell_registrant(
    registrant: Registrant, template: str, *, about: models.Model, by: Actor, **context: object
) -> bool:
    """Enqueue a notice to a registrant; False where there is no address."""
    if not registrant.email:
        return False
    outbox.enqueue(
        template,
        to=outbox.Recipient(registrant.email, registrant.account, registrant.name),
        context={"name": registrant.name, **context},
        about=subject_of(about),
        by=by,
    )
    return True
