"""Receivers of signals of the sign-in: who came in, who was refused, and each change of a factor; never a code."""

from typing import Any

from allauth.account.signals import email_changed, password_changed, password_reset, password_set
from allauth.mfa.models import Authenticator
from allauth.mfa.signals import authentication_failed, authenticator_added, authenticator_removed, authenticator_reset
from django.contrib.auth.signals import user_logged_in, user_logged_out
from django.dispatch import receiver

from todoke.accounts.actors import Guest, System
from todoke.accounts.models import User
from todoke.accounts.signals import session_expired, sign_in_refused
from todoke.audit.log import record

NOBODY = "accounts.user/unknown"
"""The subject of refusals for an address that belongs to nobody; the address itself is not kept."""
FACTORS = {
    Authenticator.Type.TOTP: "認証アプリ",
    Authenticator.Type.WEBAUTHN: "パスキー・セキュリティキー",
    Authenticator.Type.RECOVERY_CODES: "回復コード",
}


@receiver(user_logged_in)
def record_sign_in(sender: object, user: User, **terms: Any) -> None:
    """Enter that a person signed in."""
    record(user, "ログイン", by=user)


@receiver(user_logged_out)
def record_sign_out(sender: object, user: User | None, **terms: Any) -> None:
    """Enter that a person signed out."""
    if user is not None:
        record(user, "ログアウト", by=user)


@receiver(session_expired)
def record_expiry(sender: object, user: User, why: str, **terms: Any) -> None:
    """Enter that a session ended by itself."""
    record(user, "ログインの終わり", by=System(), reason=why)


@receiver(sign_in_refused)
def record_refusal(sender: object, user: User | None, **terms: Any) -> None:
    """Enter a wrong password, with as much work for an address that belongs to nobody."""
    record(user or NOBODY, "ログインのお断り", by=Guest("ログインを試した人"), reason="パスワードが違いました")


@receiver(authentication_failed)
def record_wrong_code(sender: object, user: User, **terms: Any) -> None:
    """Enter a wrong or used code after a right password."""
    record(user, "ログインのお断り", by=Guest("ログインを試した人"), reason="2段階の認証の番号が違いました")


@receiver(authenticator_added)
def record_factor_added(sender: object, user: User, authenticator: Authenticator, **terms: Any) -> None:
    """Enter that a factor was registered."""
    record(user, "認証の手段の登録", by=user, reason=FACTORS[authenticator.type])


@receiver(authenticator_removed)
def record_factor_removed(sender: object, user: User, authenticator: Authenticator, **terms: Any) -> None:
    """Enter that a factor was taken away."""
    record(user, "認証の手段の取り外し", by=user, reason=FACTORS[authenticator.type])


@receiver(authenticator_reset)
def record_factor_reset(sender: object, user: User, authenticator: Authenticator, **terms: Any) -> None:
    """Enter that recovery codes were made anew."""
    record(user, "認証の手段の作り直し", by=user, reason=FACTORS[authenticator.type])


@receiver([password_changed, password_set, password_reset])
def record_new_password(sender: object, user: User, **terms: Any) -> None:
    """Enter that a person has a new password."""
    record(user, "パスワードの変更", by=user)


@receiver(email_changed)
def record_new_address(sender: object, user: User, **terms: Any) -> None:
    """Enter that a person has another mail address; the address itself is not kept."""
    record(user, "メールアドレスの変更", by=user)
