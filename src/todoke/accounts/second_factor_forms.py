"""Forms of the second factor 2段階の認証の入力: allauth's pages with codes that are good once for all processes."""

from typing import Any

from allauth.core import context
from allauth.mfa.adapter import get_adapter
from allauth.mfa.base import forms as base
from allauth.mfa.base.internal.flows import check_rate_limit
from allauth.mfa.internal.flows.add import validate_can_add_authenticator
from allauth.mfa.models import Authenticator
from allauth.mfa.totp import forms as totp
from allauth.mfa.totp.internal.auth import SECRET_SESSION_KEY, generate_totp_secret
from django import forms

from todoke.accounts.second_factor import use_app_code, use_code
from todoke.runtime.field_encryption import decrypt_text, encrypt_text


class _CodeUsedOnce:
    """Judges a code at most so often for one person and asker, counted for all processes, and uses it up."""

    user: Any
    cleaned_data: dict[str, Any]
    authenticator: Authenticator

    def clean_code(self) -> str:
        forget = check_rate_limit(self.user)
        code = str(self.cleaned_data["code"])
        factor = use_code(self.user, code)
        if factor is None:
            self._tell_failure()
            raise get_adapter().validation_error("incorrect_code")
        factor.user = self.user
        self.authenticator = factor
        forget()
        return code

    def _tell_failure(self) -> None:
        factors = Authenticator.objects.filter(user=self.user).exclude(type=Authenticator.Type.WEBAUTHN)
        if factor := factors.order_by("-type").first():
            self._emit_authentication_failed(factor)  # type: ignore[attr-defined] # of the form mixed into


class AuthenticateForm(_CodeUsedOnce, base.AuthenticateForm):  # type: ignore[misc] # allauth is untyped
    """番号の入力: the code at sign-in."""


class ReauthenticateForm(_CodeUsedOnce, base.ReauthenticateForm):  # type: ignore[misc] # allauth is untyped
    """番号の再入力: the code before a sensitive act."""


class ActivateTOTPForm(totp.ActivateTOTPForm):  # type: ignore[misc] # allauth is untyped
    """認証アプリの登録: the new secret waits encrypted in the session, and the code that proves it is used up."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        self.user = kwargs.pop("user")
        forms.Form.__init__(self, *args, **kwargs)
        waiting = context.request.session
        if not self.is_bound or SECRET_SESSION_KEY not in waiting:
            waiting[SECRET_SESSION_KEY] = encrypt_text(generate_totp_secret())
        self.secret = decrypt_text(waiting[SECRET_SESSION_KEY])

    def clean_code(self) -> str:
        validate_can_add_authenticator(self.user)
        forget = check_rate_limit(self.user, error_key="rate_limited")
        code = str(self.cleaned_data["code"])
        if not use_app_code(self.secret, code):
            raise get_adapter().validation_error("incorrect_code")
        forget()
        return code
