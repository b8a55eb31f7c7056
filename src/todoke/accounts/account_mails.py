"""Account mails アカウントのメール: what a job does about a sign-up, a forgotten password or a mail of the sign-in."""

from collections.abc import Callable, Mapping
from types import SimpleNamespace
from typing import Any
from urllib.parse import quote, urlsplit

from allauth.account.adapter import get_adapter
from allauth.account.forms import default_token_generator
from allauth.account.models import EmailAddress, EmailConfirmationHMAC
from allauth.account.utils import filter_users_by_email, user_pk_to_url_str
from django.conf import settings
from django.core.mail import EmailMessage
from django.db import IntegrityError, transaction
from django.utils import translation

from todoke.accounts.account_requests import AccountRequest
from todoke.accounts.models import User
from todoke.accounts.rate_limits import RateLimit, hit
from todoke.design.municipality import municipality
from todoke.runtime.links import absolute

PASSWORDS_OF_ONE = RateLimit("同じ人の新しいパスワードのリンク", 10, 3600)


def carry_out(request_id: int) -> None:
    """Carry a request out and delete it; nothing for one that is done."""
    asked = AccountRequest.objects.filter(pk=request_id).first()
    if asked is None:
        return
    acts: dict[str, Callable[..., None]] = {"sign_up": _sign_up, "new_password": _offer_new_password, "mail": _send}
    with translation.override(asked.language), transaction.atomic():
        acts[asked.kind](**asked.opened())
        asked.delete()


def _send(*, to: str, subject: str, body: str) -> None:
    EmailMessage(subject, body, settings.DEFAULT_FROM_EMAIL, [to]).send()


def _sign_up(*, email: str, password: str) -> None:
    """Make the account and mail the link that confirms its address; tell the owner of an address that has one."""
    try:
        with transaction.atomic():
            address = None if _is_known(email) else _new_account(email, password)
    except IntegrityError:
        address = None
    if address is None:
        links = {"signup_url": absolute("account_signup"), "password_reset_url": absolute("account_reset_password")}
        _mail("account_already_exists", email, links)
        return
    page = get_adapter().get_email_confirmation_url(None, EmailConfirmationHMAC(address))
    _mail("email_confirmation_signup", email, {"user": address.user, "activate_url": page})


def _is_known(email: str) -> bool:
    return any(kind.objects.filter(email__iexact=email).exists() for kind in (EmailAddress, User))


def _new_account(email: str, password: str) -> EmailAddress:
    made = User(email=email, password=password, language=translation.get_language() or "ja")
    made.save()
    found: EmailAddress = EmailAddress.objects.create(user=made, email=email, primary=True, verified=False)
    return found


def _offer_new_password(*, email: str) -> None:
    """Mail the link to a new password, or that nobody has an account of this address.

    Beyond the limit of a person nothing is mailed and the last link stays, so that a stranger who goes on asking ends
    no link in use.
    """
    people = filter_users_by_email(email, is_active=True, prefer_verified=True)
    if not people:
        _mail("unknown_account", email, {"signup_url": absolute("account_signup")})
    for person in (person for person in people if hit(PASSWORDS_OF_ONE, str(person.pk))):
        uid, token = user_pk_to_url_str(person), default_token_generator.make_token(person)
        page = absolute("account_reset_password_from_key", "UID", "KEY").replace("UID-KEY", quote(f"{uid}-{token}"))
        _mail("password_reset_key", email, {"user": person, "password_reset_url": page, "uid": uid, "key": token})


def _mail(template: str, email: str, words: Mapping[str, Any]) -> None:
    site = SimpleNamespace(name=municipality().name, domain=urlsplit(settings.PUBLIC_URL).netloc)
    context = {"request": None, "email": email, "current_site": site, **words}
    get_adapter().render_mail(f"account/email/{template}", email, context).send()
