"""Reauthentication codes 本人の再確認の番号: the second channel of a person who has no second factor yet.

So whoever knows no more than a password can neither register a factor of their own nor change the mail address.
"""

from allauth.account.internal.flows.login import record_authentication
from allauth.mfa.models import Authenticator
from django.http import HttpRequest

from todoke.accounts.models import User
from todoke.accounts.one_time_codes import OneTimeCode
from todoke.accounts.rate_limits import RateLimit, hit

CODES = RateLimit("本人の再確認の番号の送付", 5, 3600)
ENTRIES = RateLimit("本人の再確認の番号の入力", 10, 900)


def needs_mailed_code(user: User) -> bool:
    """Whether a person has no second factor, so that the mailbox is what confirms them."""
    return not Authenticator.objects.filter(user=user).exists()


def issue_code(user: User) -> str | None:
    """Return a new code to be mailed to a person; None after too many within an hour."""
    return OneTimeCode.issue(_subject(user)) if hit(CODES, str(user.pk)) else None


def confirm_code(request: HttpRequest, user: User, code: str) -> bool:
    """Use a mailed code up and note in the session that the person was confirmed; False for no good code."""
    if not hit(ENTRIES, str(user.pk)) or not OneTimeCode.redeem(_subject(user), code):
        return False
    record_authentication(request, user, "mailed_code", reauthenticated=True)
    return True


def _subject(user: User) -> str:
    return f"本人の再確認 {user.pk}"
