"""Booking notices 予約の通知: mails about visits and halls, written in the transaction of the act."""

from datetime import datetime

from django.db import models

from todoke.accounts.actors import Actor
from todoke.audit.log import subject_of
from todoke.bookings.models import Booking, Registrant
from todoke.japanese.calendar import JAPAN, format_date
from todoke.notices import outbox
from todoke.organization.models import Department
from todoke.reception import manual_notices
from todoke.runtime.links import absolute


def moment(instant: datetime) -> str:
    """Return an instant as 2026年12月1日(火) 10:00."""
    at = instant.astimezone(JAPAN)
    return f"{format_date(at.date())} {at:%H:%M}"


def address_of(booking: Booking) -> str:
    """Return the mail address of whoever booked, or nothing."""
    return booking.contact_email or (booking.registrant.email if booking.registrant else "")


def tell(booking: Booking, template: str, *, by: Actor, **context: object) -> bool:
    """Enqueue a notice to whoever booked; False where there is no address.

    Whoever has none and is not there goes on the list of calls and letters (``manual_notices``).
    """
    email, registrant = address_of(booking), booking.registrant
    name = " ".join(booking.contact_name.split()) or (registrant.name if registrant else "予約した方")
    values = {
        "name": name,
        "number": booking.number,
        "what": str(booking.unit or booking.purpose),
        "when": moment(booking.starts_at),
        "url": absolute("portal:booking", booking.token),
        "contact": contact_of(booking.department),
        **context,
    }
    if email:
        outbox.enqueue(
            template, to=outbox.Recipient(email, name=name), context=values, about=subject_of(booking), by=by
        )
        return True
    phone = booking.contact_phone or (registrant.phone if registrant else "")
    subject, of = subject_of(booking), booking.department
    manual_notices.write(template, values, department=of, about=subject, phone=phone, booking=booking)
    return False


def contact_of(department: Department) -> str:
    """Return name and telephone of the section, as a notice ends with them."""
    return f"{department.name} {department.phone}".strip()


def tell_registrant(
    registrant: Registrant, template: str, *, about: models.Model, department: Department, by: Actor, **context: object
) -> bool:
    """Enqueue a notice to a registrant; False where there is no address: the list of calls and letters has it."""
    values = {"name": registrant.name, "contact": contact_of(department), **context}
    if registrant.email:
        recipient = outbox.Recipient(registrant.email, registrant.account, registrant.name)
        outbox.enqueue(template, to=recipient, context=values, about=subject_of(about), by=by)
        return True
    subject = subject_of(about)
    manual_notices.write(template, values, department=department, about=subject, phone=registrant.phone)
    return False
