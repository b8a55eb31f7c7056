"""An authenticator app, and how people register and use it."""

import re
import time
from typing import Any

from allauth.account.models import EmailAddress
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.test import Client
from django.urls import reverse

from todoke.accounts.models import User
from todoke.notices.models import Message


def shown_by_the_app(secret: str, ahead: int = 0) -> str:
    """The code of now, or of an app whose clock is some half minutes ahead."""
    return str(format_hotp_value(hotp_value(secret, int(time.time()) // 30 + ahead)))


def confirmed_by_mail(client: Client) -> None:
    """Let a person without a factor be mailed a code, and enter it."""
    client.post(reverse("portal:mailed-code"))
    code = re.search(r"\b\d{6}\b", Message.objects.filter(code="sign-in-code").latest("pk").body)
    assert code
    assert client.post(reverse("portal:mailed-code"), {"code": code[0]}).status_code == 302


def registered(client: Client) -> str:
    """Register an authenticator app, as the page asks, and return its secret."""
    confirmed_by_mail(client)
    page = client.get(reverse("mfa_activate_totp"))
    secret = re.search(r"\b[A-Z2-7]{32}\b", page.content.decode())
    assert secret
    done = client.post(reverse("mfa_activate_totp"), {"code": shown_by_the_app(secret[0])})
    assert done.status_code == 302
    return secret[0]


def with_mail(person: User) -> User:
    """Return a person whose address is confirmed, as whoever has signed in once."""
    EmailAddress.objects.create(user=person, email=person.email, verified=True, primary=True)
    return person


def sign_in(client: Client, person: User) -> Any:
    return client.post(reverse("account_login"), {"login": person.email, "password": "correct horse"})
