"""Reauthentication codes 本人の再確認の番号: the second channel of a person who has no second factor yet.

So whoever knows no more than a password can neither register a factor of their own nor change the mail address.
"""

from collections.abc import Callable

from allauth.account.internal.flows.login import record_authentication
from allauth.mfa.models import Authenticator
from django.http import HttpRequest

from todoke.accounts.browser_id import browser_id
from todoke.accounts.known_devices import asker_of
from todoke.accounts.models import User
from todoke.accounts.one_time_codes import OneTimeCode
from todoke.accounts.rate_limits import RateLimit, hit
from todoke.runtime.secret_text import SecretText

CODES = RateLimit("本人の再確認の番号の送付", 5, 3600)
ENTRIES = RateLimit("本人の再確認の番号の入力", 10, 900)


def needs_mailed_code(user: User) -> bool:
    """Whether a person has no second factor, so that the mailbox is what confirms them."""
    return not Authenticator.objects.filter(user=user).exists()


def issue_code(request: HttpRequest, user: User) -> SecretText | None:
    """Return a new code to be mailed to a person, good in this browser; None after too many within an hour."""
    asker = f"{user.pk} {asker_of(request)}"
    return OneTimeCode.issue(_subject(request, user)) if hit(CODES, asker) else None


def confirm_code(request: HttpRequest, user: User, code: str) -> bool:
    """Use a mailed code up and note in the session that the person was confirmed; False for no good code."""
    return confirm_person(request, user, "mailed_code", lambda: OneTimeCode.redeem(_subject(request, user), code))


def confirm_person(request: HttpRequest, user: User, method: str, redeem: Callable[[], bool]) -> bool:
    """Judge a code unless this asker entered too many, and note in the session that the person was confirmed."""
    if not hit(ENTRIES, f"{user.pk} {asker_of(request)}") or not redeem():
        return False
    record_authentication(request, user, method, reauthenticated=True)
    return True


def _subject(request: HttpRequest, user: User) -> str:
    return f"本人の再確認 {user.pk} {browser_id(request.session)}"
