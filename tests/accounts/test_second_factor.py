"""Staff do not come in with a password alone."""

import re
import time
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, generate_totp_secret, hotp_value
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from tests.cast import clerk
from todoke.accounts.models import User
from todoke.notices.models import Message

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _second_factor_is_required(settings: Settings) -> None:
    settings.STAFF_SECOND_FACTOR = True


@pytest.fixture
def person() -> User:
    user = clerk()
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    return user


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


def sign_in(client: Client, person: User) -> Any:
    return client.post(reverse("account_login"), {"login": person.email, "password": "correct horse"})


def test_a_clerk_without_a_second_factor_is_led_to_registering_one(client: Client, person: User) -> None:
    client.force_login(person)
    assert client.get("/office/").headers["Location"] == reverse("mfa_index")


def test_a_clerk_signs_in_with_password_and_app(client: Client, person: User) -> None:
    sign_in(client, person)
    secret = registered(client)
    assert client.get("/office/").headers["Location"] == f"{reverse('mfa_reauthenticate')}?next=%2Foffice%2F"
    client.post(reverse("account_logout"))
    assert sign_in(client, person).headers["Location"].startswith(reverse("mfa_authenticate"))
    assert client.get("/office/").status_code == 302
    assert client.post(reverse("mfa_authenticate"), {"code": "000000"}).status_code == 200
    assert client.get("/office/").status_code == 302
    client.post(reverse("mfa_authenticate"), {"code": shown_by_the_app(secret, ahead=1)})
    assert client.get("/office/").status_code == 200


def test_a_factor_that_is_set_up_opens_nothing_until_this_browser_has_used_it(client: Client, person: User) -> None:
    TOTP.activate(person, secret := generate_totp_secret())
    client.force_login(person)
    there = client.get("/office/").headers["Location"]
    assert there == f"{reverse('mfa_reauthenticate')}?next=%2Foffice%2F"
    assert client.post(there, {"code": shown_by_the_app(secret)}).headers["Location"] == "/office/"
    assert client.get("/office/").status_code == 200


def test_a_factor_that_was_taken_away_counts_no_more_in_any_browser(client: Client, person: User) -> None:
    TOTP.activate(person, secret := generate_totp_secret())
    client.force_login(person)
    client.post(reverse("mfa_reauthenticate"), {"code": shown_by_the_app(secret)})
    Authenticator.objects.filter(user=person).delete()
    assert client.get("/office/").headers["Location"] == reverse("mfa_index")
