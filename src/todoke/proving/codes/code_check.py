"""Check of codes 番号の突合: the factors and codes of a proof, and how many guesses the program judged."""

import re
from collections.abc import Iterator

from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, generate_totp_secret, hotp_value
from django.db.models import Max

from todoke.accounts.models import OneTimeCode, User
from todoke.audit.log import subject_of
from todoke.audit.models import Entry
from todoke.notices.models import Message
from todoke.proving import service

SIX_DIGITS = re.compile(r"(?<!\d)\d{6}(?!\d)")
REFUSED = "ログインのお断り"


def register(people: int) -> Iterator[tuple[str, str, str]]:
    """Give that many residents an app and a recovery sheet; yield address, secret and one recovery code of each."""
    for number in range(1, people * 2, 2):
        person = User.objects.get(email=service.account_email(number))
        secret = generate_totp_secret()
        TOTP.activate(person, secret)
        yield person.email, secret, RecoveryCodes.activate(person).get_unused_codes()[0]


def code_at(secret: str, seconds: float) -> str:
    """Return what the app shows at an instant."""
    return str(format_hotp_value(hotp_value(secret, int(seconds) // 30)))


def mailed_codes() -> list[str]:
    """Return the codes that were mailed for receipt numbers, the oldest first."""
    bodies = Message.objects.filter(code="case-code").order_by("pk").values_list("body", flat=True)
    return [found[0] for body in bodies if (found := SIX_DIGITS.search(body))]


def judged(email: str) -> int:
    """Return how many wrong passwords and codes of a person were judged, as the trail tells."""
    person = User.objects.get(email=email)
    return Entry.objects.filter(subject=subject_of(person), act=REFUSED).count()


def most_tries() -> int:
    """Return how often the most tried mailed code was judged."""
    return int(OneTimeCode.objects.aggregate(most=Max("tries"))["most"] or 0)
