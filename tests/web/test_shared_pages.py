"""A page for everybody is made once a language; nobody gets another's token, name or message with it."""

import re
from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory
from django.urls import reverse
from django.utils import timezone, translation

from tests import cast
from todoke.runtime import read_only_mode
from todoke.runtime.read_only_mode import ReadOnly
from todoke.web.shared_pages import MadePage, shared_page
from todoke.web.shared_terminal import COOKIE

PATH = "/crowding/"
TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="(\w{64})"')


@pytest.fixture(autouse=True)
def _nothing_kept() -> Iterator[None]:
    cache.clear()
    yield
    cache.clear()


class Maker:
    """Makes a page that says how many were made before, and holds for a minute."""

    def __init__(self, status: int = 200) -> None:
        self.made, self.status = 0, status

    def __call__(self, request: HttpRequest) -> MadePage:
        self.made += 1
        until = timezone.now() + timedelta(minutes=1)
        return MadePage(HttpResponse(f"<p>区役所 {self.made}</p>", status=self.status), until)


def asked(make: Maker, *, language: str = "ja", path: str = "/", **cookies: str) -> str:
    request = RequestFactory().get(path)
    request.COOKIES.update(cookies)
    with translation.override(language):
        return shared_page(request, "test", make).content.decode()


def test_one_page_serves_everybody_of_a_language_with_its_furigana_and_marks() -> None:
    make = Maker()
    assert {asked(make) for _ in range(3)} == {"<p>区役所 1</p>"}
    assert {asked(make, language="en") for _ in range(3)} == {'<p><span lang="ja">区役所</span> 2</p>'}
    easy = {asked(make, language="ja-easy") for _ in range(3)}
    assert make.made == 3
    assert "<rt>" in easy.pop()
    assert easy == set()


def test_a_page_is_made_anew_from_its_border_on(monkeypatch: pytest.MonkeyPatch) -> None:
    make, now = Maker(), timezone.now()
    monkeypatch.setattr("django.utils.timezone.now", lambda: now)
    for seconds, made in ((0, 1), (59, 1), (1, 2), (30, 2)):
        now += timedelta(seconds=seconds)
        asked(make)
        assert make.made == made


@pytest.mark.parametrize("cookie", [settings.SESSION_COOKIE_NAME, "messages", COOKIE])
def test_who_may_see_something_of_their_own_gets_a_page_of_their_own(cookie: str) -> None:
    make = Maker()
    assert [asked(make), asked(make, **{cookie: "x"}), asked(make)] == [
        "<p>区役所 1</p>", "<p>区役所 2</p>", "<p>区役所 1</p>"
    ]  # fmt: skip


def test_a_question_in_the_address_and_a_failure_are_not_kept() -> None:
    make = Maker()
    assert [asked(make, path="/?q=a"), asked(make, path="/?q=b")] == ["<p>区役所 1</p>", "<p>区役所 2</p>"]
    broken = Maker(status=503)
    assert [asked(broken), asked(broken)] == ["<p>区役所 1</p>", "<p>区役所 2</p>"]


def test_a_page_of_the_copy_is_not_shown_afterwards() -> None:
    make = Maker()
    read_only_mode.set_read_only(ReadOnly(timezone.now(), "試し", timezone.now()))
    try:
        asked(make)
    finally:
        read_only_mode.set_read_only(None)
    asked(make)
    assert make.made == 2


@pytest.mark.django_db
def test_every_browser_gets_the_token_that_its_own_cookie_holds() -> None:
    browsers = [Client(enforce_csrf_checks=True) for _ in range(3)]
    tokens = [TOKEN.findall(browser.get(PATH).content.decode()) for browser in browsers]
    assert len({token for found in tokens for token in found}) == sum(map(len, tokens)) == 3
    for browser, (token,) in zip(browsers, tokens, strict=True):
        answer = browser.post(
            reverse("set_language"),
            {"csrfmiddlewaretoken": token, "language": "en", "next": PATH},
            HTTP_REFERER="https://testserver/",
        )
        assert answer.status_code == 302
        assert '<html lang="en"' in browser.get(PATH).content.decode()
    stolen = {"csrfmiddlewaretoken": tokens[0][0], "language": "ja", "next": PATH}
    assert Client(enforce_csrf_checks=True).post(reverse("set_language"), stolen).status_code == 403


@pytest.mark.django_db
def test_who_is_signed_in_keeps_the_way_out_on_the_page(client: Client) -> None:
    assert "ログアウト" not in client.get(PATH).content.decode()
    client.force_login(cast.resident())
    assert "ログアウト" in client.get(PATH).content.decode()
    client.logout()
    assert "ログアウト" not in client.get(PATH).content.decode()
