"""Staff do not come in with a password alone."""

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from tests.cast import clerk
from tests.cast.second_factors import registered, shown_by_the_app, sign_in, with_mail
from todoke.accounts.models import User

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _second_factor_is_required(settings: Settings) -> None:
    settings.STAFF_SECOND_FACTOR = True


@pytest.fixture
def person() -> User:
    return with_mail(clerk())


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
