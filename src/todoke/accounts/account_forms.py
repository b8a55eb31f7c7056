"""Forms of the sign-up and the forgotten password: they look nobody up, a job does (同じ手間)."""

from typing import Any

from allauth.account import app_settings
from allauth.account import forms as account
from allauth.account.adapter import get_adapter
from django.contrib.auth.hashers import make_password

from todoke.accounts.account_requests import AccountRequest
from todoke.accounts.models import User


class ResetPasswordForm(account.ResetPasswordForm):  # type: ignore[misc]  # allauth carries no types
    """パスワードの作り直し: takes any address; a job finds out whose it is and mails."""

    def clean_email(self) -> str:
        return str(get_adapter().clean_email(self.cleaned_data["email"].lower()))

    def save(self, request: Any, **kwargs: Any) -> str:
        email = str(self.cleaned_data["email"])
        AccountRequest.make(AccountRequest.Kind.NEW_PASSWORD, email=email)
        return email


class SignupForm(account.SignupForm):  # type: ignore[misc] # allauth is untyped
    """アカウントの登録: hashes the password and queues the sign-up, for an address that has an account as well.

    Where no address must be confirmed (the demo), whoever signs up is in at once and is told of a known address.
    """

    def validate_unique_email(self, value: str) -> str:
        if not _confirms_by_mail():
            return str(super().validate_unique_email(value))
        self.account_already_exists = False
        return value

    def try_save(self, request: Any) -> tuple[User | None, Any]:
        if not _confirms_by_mail():
            saved: tuple[User | None, Any] = super().try_save(request)
            return saved
        password = make_password(self.cleaned_data["password1"])
        AccountRequest.make(AccountRequest.Kind.SIGN_UP, email=self.cleaned_data["email"], password=password)
        return None, get_adapter().respond_email_verification_sent(request, None)


def _confirms_by_mail() -> bool:
    return bool(app_settings.EMAIL_VERIFICATION == app_settings.EmailVerificationMethod.MANDATORY)
