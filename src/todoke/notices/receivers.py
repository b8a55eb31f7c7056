"""Receivers of signals of the sign-in: a person is mailed when a factor or the password of the account changed."""

from typing import Any

from allauth.account.signals import password_changed, password_reset, password_set
from allauth.mfa.models import Authenticator
from allauth.mfa.signals import authenticator_added, authenticator_removed, authenticator_reset
from django.dispatch import receiver
from django.utils import timezone

from todoke.accounts.actors import System
from todoke.accounts.models import User
from todoke.accounts.signals import factor_enrolment_issued
from todoke.audit.log import record, subject_of
from todoke.notices.link_purpose import Ending
from todoke.notices.mailed_links import PASSWORD
from todoke.notices.models.mailed_link import end_links
from todoke.notices.outbox import Recipient, enqueue
from todoke.runtime.links import absolute

FACTORS = {
    Authenticator.Type.TOTP: "認証アプリ",
    Authenticator.Type.WEBAUTHN: "パスキー・セキュリティキー",
    Authenticator.Type.RECOVERY_CODES: "回復コード",
}


@receiver(authenticator_added)
def tell_factor_added(sender: object, user: User, authenticator: Authenticator, **terms: Any) -> None:
    """Mail the person that a factor was registered; the recovery codes that come along are not told apart."""
    if authenticator.type != Authenticator.Type.RECOVERY_CODES:
        _tell(user, f"{FACTORS[authenticator.type]}の登録")


@receiver(authenticator_removed)
def tell_factor_removed(sender: object, user: User, authenticator: Authenticator, **terms: Any) -> None:
    """Mail the person that a factor was taken away."""
    _tell(user, f"{FACTORS[authenticator.type]}の取り外し")


@receiver(authenticator_reset)
def tell_factor_reset(sender: object, user: User, authenticator: Authenticator, **terms: Any) -> None:
    """Mail the person that recovery codes were made anew."""
    _tell(user, f"{FACTORS[authenticator.type]}の作り直し")


@receiver([password_changed, password_set, password_reset])
def tell_new_password(sender: object, user: User, **terms: Any) -> None:
    """Mail the person that the password is another one, and end the links to a new one."""
    end_links(PASSWORD, user, Ending.FULFILLED)
    _tell(user, "パスワードの変更")


@receiver(factor_enrolment_issued)
def tell_factor_enrolment(sender: object, user: User, by: User, **terms: Any) -> None:
    """Mail the person that the office issued an enrolment, so that every factor before it has ended."""
    _tell(user, f"認証の手段の登録票の発行({by.name})")


@receiver(password_reset)
def note_password_link(sender: object, user: User, **terms: Any) -> None:
    """Record that a mailed link was used."""
    record(user, "リンクの使用", by=user, reason=PASSWORD.title)


def _tell(user: User, change: str) -> None:
    at = timezone.localtime()
    context = {"change": change, "at": f"{at:%Y年%m月%d日 %H:%M}", "url": absolute("account_reset_password")}
    enqueue("sign-in-change", to=Recipient.of(user), context=context, about=subject_of(user), by=System())
