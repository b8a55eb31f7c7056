"""T19, T21–T23: sessions die when they should, guessing is stopped, and nobody learns who has an account."""

import re
from typing import Any

import pytest
from django.conf import settings
from django.core import mail
from django.core.cache import cache
from django.test import Client
from pytest_django import Settings

from tests import cast
from tests.cast.cases import work_off
from todoke.accounts.models import User

SIGN_IN, RESET = "/accounts/login/", "/accounts/password/reset/"
WORD = "correct horse"


@pytest.fixture(autouse=True)
def _known_addresses(settings: Settings) -> None:
    settings.ACCOUNT_EMAIL_VERIFICATION = "optional"
    cache.clear()


def enter(client: Client, email: str, password: str = WORD, **extra: Any) -> int:
    return client.post(SIGN_IN, {"login": email, "password": password}, **extra).status_code


def session(client: Client) -> str:
    return client.cookies[settings.SESSION_COOKIE_NAME].value


def test_t19_the_session_before_signing_in_is_not_the_one_after(client: Client) -> None:
    cast.resident(email="r@example.jp")
    store = client.session
    store["seen"] = "1"
    store.save()
    before = session(client)
    assert enter(client, "r@example.jp") == 302
    assert session(client) != before


def test_t19_a_stolen_cookie_is_dead_after_signing_out(client: Client) -> None:
    cast.resident(email="r@example.jp")
    enter(client, "r@example.jp")
    stolen = session(client)
    client.post("/accounts/logout/")
    thief = Client()
    thief.cookies[settings.SESSION_COOKIE_NAME] = stolen
    assert thief.get("/me/").status_code == 302


def test_t19_a_new_password_ends_every_other_session(client: Client) -> None:
    cast.resident(email="r@example.jp")
    thief = Client()
    enter(thief, "r@example.jp")
    enter(client, "r@example.jp")
    new = {"oldpassword": WORD, "password1": "another long word", "password2": "another long word"}
    assert client.post("/accounts/password/change/", new).status_code == 302
    assert thief.get("/me/").status_code == 302


def test_t19_the_cookie_is_out_of_reach_of_scripts(client: Client) -> None:
    cast.resident(email="r@example.jp")
    enter(client, "r@example.jp")
    cookie = client.cookies[settings.SESSION_COOKIE_NAME]
    assert cookie["httponly"]
    assert cookie["samesite"] == "Lax"
    assert settings.SESSION_COOKIE_AGE <= 12 * 60 * 60


def test_t21_guessing_one_password_is_stopped_wherever_it_comes_from(client: Client) -> None:
    cast.resident(email="r@example.jp")
    for count in range(12):
        said = enter(Client(), "r@example.jp", "wrong", HTTP_X_FORWARDED_FOR=f"192.0.2.{count}")
    assert said == 429 or enter(Client(), "r@example.jp") != 302


def test_t21_processes_that_share_no_memory_count_together(client: Client) -> None:
    cast.resident(email="r@example.jp")
    for _ in range(6):
        cache.clear()
        enter(Client(), "r@example.jp", "wrong")
    cache.clear()
    assert enter(client, "r@example.jp") != 302


def test_t21_one_persons_guesses_do_not_lock_another_out(client: Client) -> None:
    cast.resident(email="r@example.jp")
    cast.resident(email="s@example.jp")
    for _ in range(12):
        enter(Client(REMOTE_ADDR="192.0.2.7"), "r@example.jp", "wrong")
    assert enter(client, "s@example.jp") == 302


def test_t22_nobody_learns_who_has_an_account() -> None:
    cast.resident(email="r@example.jp")
    for address, fields in ((SIGN_IN, {"password": "wrong"}), (RESET, {})):
        pages = []
        for email in ("r@example.jp", "n@example.jp"):
            page = Client().post(address, {"login": email, "email": email, **fields}, follow=True)
            text = re.sub(r'(csrfmiddlewaretoken" value|nonce)="[^"]+"', "", page.content.decode())
            pages.append((page.status_code, text.replace(email, "EMAIL")))
        assert pages[0] == pages[1], address


def test_t23_a_link_to_a_new_password_works_once_and_ends_sessions(client: Client) -> None:
    cast.resident(email="r@example.jp")
    thief = Client()
    enter(thief, "r@example.jp")
    client.post(RESET, {"email": "r@example.jp"}, HTTP_X_FORWARDED_HOST="evil.example")
    work_off()
    body = str(mail.outbox[-1].body)
    assert "evil.example" not in body
    link = re.search(r"https?://[^/]+(/accounts/password/reset/key/\S+)", body)
    assert link is not None
    form = client.get(link[1], follow=True)
    new = {"password1": "another long word", "password2": "another long word"}
    client.post(form.request["PATH_INFO"], new)
    assert enter(Client(), "r@example.jp", "another long word") == 302
    assert thief.get("/me/").status_code == 302
    assert Client().get(link[1], follow=True).status_code == 410


def test_t23_a_twin_address_is_another_person() -> None:
    cast.resident(email="mike@example.org")
    Client().post(RESET, {"email": "mıke@example.org"})
    work_off()
    assert not [letter for letter in mail.outbox if "/reset/key/" in str(letter.body)]
    assert User.objects.count() == 1
