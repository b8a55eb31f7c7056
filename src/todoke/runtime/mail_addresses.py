"""Mail addresses メールアドレス: the one definition of an address that mail can carry, for pages, columns, outbox."""

import unicodedata

from django.core.exceptions import ValidationError
from django.core.validators import validate_email

MAX_LENGTH = 254
MACHINE_DOMAIN = "machine.invalid"
"""The domain of the accounts of other systems; a name under .invalid (RFC 2606) is nobody's, and no mail goes there."""
NOWHERE = ".invalid"
INVISIBLE = dict.fromkeys(map(ord, "\u200b\u200c\u200d\u2060\ufeff"))


def mail_address(text: str) -> str:
    """Return an address as it is stored and sent: in half width, without blanks around it and invisible signs."""
    return unicodedata.normalize("NFKC", text).translate(INVISIBLE).strip()


def is_mail_address(text: str) -> bool:
    """Tell whether mail can be sent to an address as typed (RFC 5321: at most 254 characters, ASCII before the @)."""
    folded = mail_address(text)
    try:
        validate_email(folded)
        folded.rpartition("@")[2].encode("idna")
    except (ValidationError, UnicodeError):
        return False
    return len(folded) <= MAX_LENGTH


def leads_nowhere(email: str) -> bool:
    """Tell whether an address is the account of another system, to which nothing is mailed."""
    return email.lower().endswith(NOWHERE)


def has_misplaced_dot(text: str) -> bool:
    """Tell whether the part before the @ has a dot at its end or two in a row, as some telephone companies allowed."""
    local = mail_address(text).rpartition("@")[0]
    return local.startswith(".") or local.endswith(".") or ".." in local
