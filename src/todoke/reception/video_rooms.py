"""Video rooms オンラインの部屋: an address of 128 random bits without personal data, sealed until shortly before."""

import secrets
from datetime import datetime, timedelta

from todoke.reception.models import Visit
from todoke.runtime.field_encryption import decrypt_text, encrypt_text

TEMPLATE = "https://meet.example.lg.jp/{room}"
"""The provider's address; the municipality sets its own when it connects one."""


def sealed_room() -> str:
    """Return the sealed address of a new room."""
    return encrypt_text(TEMPLATE.format(room=secrets.token_hex(16)))


def room_address(visit: Visit, now: datetime) -> str:
    """Return the address from 15 minutes before the start until the end, else ""; never in a mail. Raises KeyLost."""
    opens = visit.booking.starts_at - timedelta(minutes=Visit.VIDEO_OPENS_MINUTES)
    shown = visit.booking.status == "confirmed" and opens <= now < visit.booking.ends_at
    return decrypt_text(visit.sealed_room) if visit.sealed_room and shown else ""
