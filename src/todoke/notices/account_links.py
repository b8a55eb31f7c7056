"""Account links 登録とパスワードのリンク: what allauth mails and asks, as mailed links of ours."""

from datetime import timedelta
from typing import Any

from allauth.account.forms import ResetPasswordKeyForm as LibraryResetPasswordKeyForm
from allauth.account.forms import UserTokenForm as LibraryUserTokenForm
from allauth.account.forms import default_token_generator
from allauth.account.models import EmailConfirmationHMAC
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from todoke.accounts.actors import System
from todoke.accounts.models import User
from todoke.accounts.sign_in_limits import AccountAdapter as SignInAdapter
from todoke.notices.link_purpose import Ending, LinkEnded
from todoke.notices.mailed_links import ADDRESS, PASSWORD
from todoke.notices.models import MailedLink
from todoke.notices.models.mailed_link import end_links
from todoke.runtime.links import absolute

ADDRESS_SPAN = timedelta(days=3)


class AccountAdapter(SignInAdapter):
    """Account adapter of allauth whose mails carry mailed links."""

    def get_email_confirmation_url(self, request: object, confirmation: EmailConfirmationHMAC) -> str:
        """Return the address of a new link that confirms a mail address."""
        address, until = confirmation.email_address, timezone.now() + ADDRESS_SPAN
        secret = MailedLink.issue(ADDRESS, address, contact=address.email, until=until, by=System())
        return absolute(ADDRESS.page, secret)


class ResetPasswordKeyForm(LibraryResetPasswordKeyForm):  # type: ignore[misc]  # allauth carries no types
    """Form of allauth for a new password; of two sent at one moment by one link, the first counts."""

    @transaction.atomic
    def save(self) -> None:
        """Set the password where the link still holds, and end it. Raises LinkEnded."""
        User.objects.select_for_update().get(pk=self.user.pk)
        if not default_token_generator.check_token(self.user, self.temp_key):
            raise LinkEnded(PASSWORD, Ending.UNKNOWN)
        super().save()
        end_links(PASSWORD, self.user, Ending.FULFILLED)


class UserTokenForm(LibraryUserTokenForm):  # type: ignore[misc]  # allauth carries no types
    """Form of allauth for a person's number and a secret; a wrong pair is refused like an unknown link."""

    def clean(self) -> dict[str, Any]:
        """Return number and secret. Raises LinkEnded."""
        try:
            cleaned: dict[str, Any] = super().clean()
        except ValidationError:
            raise LinkEnded(PASSWORD, Ending.UNKNOWN) from None
        return cleaned
