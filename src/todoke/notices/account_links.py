"""Account links 登録とパスワードのリンク: allauth mails them and asks them, as mailed links of ours."""

from datetime import timedelta
from typing import Any

from allauth.account.forms import ResetPasswordForm as LibraryResetPasswordForm
from allauth.account.forms import UserTokenForm as LibraryUserTokenForm
from allauth.account.models import EmailConfirmationHMAC
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils import timezone

from todoke.accounts.actors import System
from todoke.accounts.models import User
from todoke.accounts.rate_limits import RateLimit, hit
from todoke.accounts.sign_in_limits import AccountAdapter as SignInAdapter
from todoke.notices.link_purpose import Ending, LinkEnded
from todoke.notices.mailed_links import ADDRESS, PASSWORD
from todoke.notices.models import MailedLink
from todoke.runtime.links import absolute

PASSWORD_SPAN, ADDRESS_SPAN = timedelta(hours=24), timedelta(days=3)
PASSWORDS_OF_ONE = RateLimit("同じ人の新しいパスワードのリンク", 10, 3600)
"""Beyond it no mail is sent and the last link stays, so that a stranger who goes on asking ends no link in use."""


class AccountAdapter(SignInAdapter):
    """Account adapter of allauth whose mails carry mailed links."""

    def get_email_confirmation_url(self, request: HttpRequest, confirmation: EmailConfirmationHMAC) -> str:
        """Return the address of a new link that confirms a mail address."""
        address, until = confirmation.email_address, timezone.now() + ADDRESS_SPAN
        secret = MailedLink.issue(ADDRESS, address, contact=address.email, until=until, by=System())
        return absolute(ADDRESS.page, secret)

    def get_reset_password_from_key_url(self, key: str) -> str:
        """Return the address of a link to a new password; its key is the person's number and the secret."""
        uid, _, secret = key.partition("-")
        return absolute(PASSWORD.page, uid, secret)


class PasswordLinks:
    """Token generator of allauth: the token is the secret of a mailed link."""

    def make_token(self, user: User) -> str:
        until = timezone.now() + PASSWORD_SPAN
        return MailedLink.issue(PASSWORD, user, contact=user.email, until=until, by=System())

    def check_token(self, user: User, token: str) -> bool:
        """Tell whether a link is this person's. Raises LinkEnded when it is over or unknown."""
        link = MailedLink.find(PASSWORD, token)
        return link.target_pk == user.pk and link.is_for(user.email)


class UserTokenForm(LibraryUserTokenForm):  # type: ignore[misc]  # allauth carries no types
    """Form of allauth for a person's number and a secret; a wrong pair is refused like an unknown link."""

    token_generator = PasswordLinks()

    def clean(self) -> dict[str, Any]:
        """Return number and secret. Raises LinkEnded."""
        try:
            cleaned: dict[str, Any] = super().clean()
        except ValidationError:
            raise LinkEnded(PASSWORD, Ending.UNKNOWN) from None
        return cleaned


class ResetPasswordForm(LibraryResetPasswordForm):  # type: ignore[misc]  # allauth carries no types
    """Form of allauth that asks for a new password; the page says the same beyond the limit of one person."""

    def save(self, request: HttpRequest, **terms: Any) -> str:
        if any(not hit(PASSWORDS_OF_ONE, str(user.pk)) for user in self.users):
            return str(self.cleaned_data["email"])
        terms.setdefault("token_generator", PasswordLinks())
        return str(super().save(request, **terms))
