"""Before a change of how somebody signs in they are confirmed by a second channel; a password is not enough."""

import re

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.test import Client
from django.urls import reverse

from tests.cast import present, resident
from tests.cast.second_factors import confirmed_by_mail, registered, shown_by_the_app, sign_in, with_mail
from todoke.accounts.models import User
from todoke.notices.models import Message

pytestmark = pytest.mark.django_db
CONFIRM = "/me/confirmation/"


@pytest.fixture
def person() -> User:
    return with_mail(resident())


def test_whoever_knows_only_the_password_registers_nothing(client: Client, person: User) -> None:
    sign_in(client, person)
    client.post(reverse("account_reauthenticate"), {"password": "correct horse"})
    client.post(CONFIRM)
    assert client.post(CONFIRM, {"code": "000000"}).status_code == 200
    for page in ("mfa_activate_totp", "mfa_add_webauthn"):
        assert client.get(reverse(page)).status_code == 302
    assert not Authenticator.objects.exists()
    assert Message.objects.filter(code="sign-in-code", email=person.email).count() == 1


def test_a_person_confirmed_by_mail_goes_on_where_they_were(client: Client, person: User) -> None:
    sign_in(client, person)
    asked = client.get(reverse("mfa_activate_totp"), follow=True)
    assert "登録されたメールアドレスに確認番号を送ります" in asked.text
    assert registered(client)
    assert Authenticator.objects.filter(user=person, type=Authenticator.Type.TOTP).exists()


def test_a_password_alone_takes_no_factor_away(client: Client, person: User) -> None:
    TOTP.activate(person, secret := generate_totp_secret())
    sign_in(client, person)
    client.post(reverse("mfa_authenticate"), {"code": shown_by_the_app(secret)})
    client.post(reverse("account_reauthenticate"), {"password": "correct horse"})
    client.post(CONFIRM)
    client.post(reverse("mfa_deactivate_totp"))
    assert Authenticator.objects.filter(user=person).exists()
    assert not Message.objects.filter(code="sign-in-code").exists()


def test_the_mail_address_is_not_changed_by_a_password_alone(client: Client, person: User) -> None:
    sign_in(client, person)
    new = {"action_add": "", "email": "thief@example.jp"}
    client.post(reverse("account_email"), new)
    assert not EmailAddress.objects.filter(email="thief@example.jp").exists()
    confirmed_by_mail(client)
    client.post(reverse("account_email"), new)
    assert EmailAddress.objects.filter(email="thief@example.jp").exists()


def test_whoever_has_the_password_elsewhere_spoils_no_mailed_code(person: User) -> None:
    mine, thief = Client(), Client(REMOTE_ADDR="192.0.2.66")
    for client in (mine, thief):
        sign_in(client, person)
    mine.post(CONFIRM)
    code = present(re.search(r"\b\d{6}\b", Message.objects.filter(code="sign-in-code").latest("pk").body))[0]
    for guess in range(12):
        thief.post(CONFIRM)
        thief.post(CONFIRM, {"code": f"{guess:06}"})
    assert thief.post(CONFIRM, {"code": code}).status_code == 200
    assert mine.post(CONFIRM, {"code": code}).status_code == 302
