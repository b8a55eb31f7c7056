"""Sensitive acts ask for the second factor again after a quarter of an hour, and keep what was typed."""

from datetime import date

import pytest
from allauth.account.authentication import AUTHENTICATION_METHODS_SESSION_KEY
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from tests import cast
from tests.cast.my_numbers import received
from tests.cast.second_factors import shown_by_the_app
from todoke.accounts.models import User
from todoke.audit.models import Entry

pytestmark = pytest.mark.django_db
SHOWN, REASON, ASKED = "1234 5678 9018", "所得の情報連携", "もう一度、本人の確認をします"
CODE = "reauthentication-code"


@pytest.fixture(autouse=True)
def _second_factor_is_required(settings: Settings) -> None:
    settings.STAFF_SECOND_FACTOR = True


def signed_in_long_ago(client: Client, person: User) -> str:
    """Sign a person in whose factor was used sixteen minutes ago; return the secret of the app."""
    secret: str = generate_totp_secret()
    TOTP.activate(person, secret)
    client.force_login(person)
    client.post(reverse("mfa_reauthenticate"), {"code": shown_by_the_app(secret)})
    session = client.session
    for record in session[AUTHENTICATION_METHODS_SESSION_KEY]:
        record["at"] -= 16 * 60
    session.save()
    return secret


def test_a_my_number_is_shown_after_a_new_code_and_the_reason_is_kept(client: Client) -> None:
    at, case = received()
    secret = signed_in_long_ago(client, at.clerk)
    address = f"/office/cases/{case.number}/my-numbers/mine-0/"
    asked = client.post(address, {"reason": REASON})
    assert asked.status_code == 403
    assert ASKED in asked.text
    assert f'name="reason" value="{REASON}"' in asked.text
    assert SHOWN in client.post(address, {"reason": REASON, CODE: shown_by_the_app(secret, ahead=1)}).text
    assert SHOWN in client.post(address, {"reason": REASON}).text


def test_a_wrong_or_used_code_shows_nothing(client: Client) -> None:
    at, case = received()
    secret = signed_in_long_ago(client, at.clerk)
    address = f"/office/cases/{case.number}/my-numbers/mine-0/"
    for code in ("000000", shown_by_the_app(secret)):
        page = client.post(address, {"reason": REASON, CODE: code})
        assert page.status_code == 403
        assert f'value="{REASON}"' in page.text
        assert SHOWN not in page.text
    assert not Entry.objects.filter(act="個人番号の閲覧").exists()


DAY = date(2026, 11, 20)


@pytest.mark.parametrize(
    ("name", "arguments"),
    [
        ("office:payments-preparation", [DAY]),
        ("office:payments-signature", [DAY]),
        ("office:records-disposal", []),
        ("office:disposal-carrying-out", ["any"]),
        ("office:classification-publication", []),
        ("office:route-publication", ["any"]),
        ("studio:publication-version", ["any"]),
        ("studio:publication-plan", ["any"]),
        ("studio:offer-release", ["any"]),
        ("board:plan-publication", ["any"]),
    ],
)
def test_every_sensitive_act_asks(client: Client, name: str, arguments: list[object]) -> None:
    signed_in_long_ago(client, cast.headquarters())
    assert ASKED in client.post(reverse(name, args=arguments)).text
