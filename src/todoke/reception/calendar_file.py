"""Calendar file カレンダー: a booking as iCalendar (RFC 5545), which names nobody; a move raises its SEQUENCE."""

from datetime import UTC, datetime
from urllib.parse import urlsplit

from django.conf import settings

from todoke.bookings.models import Booking

STATUSES = {"held": "TENTATIVE", "confirmed": "CONFIRMED", "used": "CONFIRMED"}


def calendar_file(booking: Booking, url: str) -> bytes:
    """Return the calendar of one booking; one that is over is cancelled in every calendar that took it."""
    lines = [
        "BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Todoke//bookings//JA", "METHOD:PUBLISH", "BEGIN:VEVENT",
        f"UID:{booking.number}@{urlsplit(settings.PUBLIC_URL).hostname}", f"DTSTAMP:{_utc(booking.booked_at)}",
        f"DTSTART:{_utc(booking.starts_at)}", f"DTEND:{_utc(booking.ends_at)}", f"SEQUENCE:{booking.moves}",
        f"STATUS:{STATUSES.get(booking.status, 'CANCELLED')}", f"SUMMARY:{_text(str(booking.unit or booking.purpose))}",
        f"LOCATION:{_text(_place(booking))}", f"URL:{url}", "END:VEVENT", "END:VCALENDAR",
    ]  # fmt: skip
    return "".join(f"{_folded(line)}\r\n" for line in lines).encode()


def _place(booking: Booking) -> str:
    return booking.unit.resource.address if booking.unit else booking.department.address


def _utc(instant: datetime) -> str:
    return f"{instant.astimezone(UTC):%Y%m%dT%H%M%SZ}"


def _text(value: str) -> str:
    for sign in "\\;,":
        value = value.replace(sign, f"\\{sign}")
    return value.replace("\r", "").replace("\n", "\\n")


def _folded(line: str) -> str:
    """Fold a line at 74 octets, between letters."""
    parts, size = [""], 0
    for letter in line:
        width = len(letter.encode())
        if size + width > 74:
            parts.append("")
            size = 1
        parts[-1] += letter
        size += width
    return "\r\n ".join(parts)
