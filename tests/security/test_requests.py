"""T13, T14, T18, T26, T33: what a request claims, where it comes from, and what may be kept of its answer."""

from urllib.parse import urljoin, urlsplit

import pytest
from django.conf import settings
from django.test import Client

from tests.cast.application_steps import sent
from tests.cast.cases import counter, work_off
from tests.cast.role_matrix import matrix, subjects
from tests.cast.role_matrix.world import World
from todoke.notices.models import Message

EVIL = "evil.example"
ELSEWHERE = [
    "//evil.example/",
    "/\\evil.example",
    "https://evil.example",
    "javascript:alert(1)",
    "%2f%2fevil.example",
    "\thttps://evil.example",
]
SHARED = {
    "portal:home", "portal:procedures", "portal:procedure", "portal:start", "board:council",
    "portal:appearance-colours", "portal:appearance-logo", "portal:robots", "portal:security-contact",
    "portal:installation", "portal:figure-feed", "idp:oidc:jwks", "portal:open-data-catalog", "portal:open-data-set",
    "portal:open-data-list", "portal:open-data-atom", "portal:open-data-rss", "portal:open-data-newest",
    "portal:open-data-file", "portal:consultations-feed",
}  # fmt: skip
SIGNED = {
    "api:payment-webhook",
    "payment-webhook",
    "portal:provider-logout",
    "portal:service-token",
    "idp:oidc:token",
    "idp:oidc:revoke",
    "idp:oidc:userinfo",
}
"""No page of ours: the provider signs what it says."""


def test_t13_a_foreign_host_is_refused_and_never_mailed(client: Client) -> None:
    assert client.get("/", HTTP_HOST=EVIL).status_code == 400
    sent(client, counter())
    page = client.get("/", HTTP_X_FORWARDED_HOST=EVIL, HTTP_X_FORWARDED_PROTO="https")
    assert EVIL not in page.content.decode()
    work_off()
    assert EVIL not in Message.objects.get().body
    assert settings.PUBLIC_URL in Message.objects.get().body


def test_t13_a_header_does_not_change_the_method(world: World) -> None:
    client = world.client("clerk")
    answer = client.get(f"/office/cases/{world.case.number}/review/", HTTP_X_HTTP_METHOD_OVERRIDE="POST")
    assert answer.status_code == 405


@pytest.mark.sqlite
def test_t14_no_act_is_done_for_a_page_of_somebody_else(world: World) -> None:
    client = world.client("clerk", enforce_csrf_checks=True, raise_request_exception=False)
    open_without, about = [], subjects.places(world)
    for name, pattern in matrix.routes():
        answer = client.post(matrix.address(subjects.at(about, name), pattern), {"status": "granted"})
        if answer.status_code not in {401, 403, 404, 405} and name not in SIGNED:
            open_without.append(f"{name or pattern} {answer.status_code}")
    assert open_without == []


def test_t14_a_token_of_another_origin_does_not_count(client: Client) -> None:
    strict = Client(enforce_csrf_checks=True)
    strict.get("/accounts/login/")
    token = strict.cookies[settings.CSRF_COOKIE_NAME].value
    answer = strict.post("/leave/", {"csrfmiddlewaretoken": token}, HTTP_ORIGIN="https://evil.example")
    assert answer.status_code == 403


@pytest.mark.parametrize("place", ELSEWHERE, ids=range(len(ELSEWHERE)))
def test_t18_nobody_is_sent_elsewhere(world: World, place: str) -> None:
    for address in ("/accounts/login/", "/language/setlang/", "/accounts/logout/"):
        given = {"next": place, "language": "en", "login": "owner@example.jp", "password": "correct horse"}
        answer = Client().post(address, given, HTTP_REFERER=place)
        led_to = urlsplit(urljoin("http://testserver/", answer.headers.get("Location", "").strip().replace("\\", "/")))
        assert (led_to.scheme, led_to.netloc) == ("http", "testserver"), address


def test_t18_no_page_may_be_framed_or_read_from_elsewhere(client: Client) -> None:
    for address in ("/", "/accounts/login/", "/status/", "/procedures/", "/nowhere/"):
        answer = client.get(address, HTTP_ORIGIN="https://evil.example")
        assert answer.headers["X-Frame-Options"] == "DENY"
        assert "frame-ancestors 'none'" in answer.headers["Content-Security-Policy"]
        assert "unsafe" not in answer.headers["Content-Security-Policy"]
        assert "Access-Control-Allow-Origin" not in answer.headers


@pytest.mark.parametrize(
    "path",
    [
        "/.git/config",
        "/.env",
        "/static/../todoke.sqlite3",
        "/static/%2e%2e/settings.py",
        "/todoke.sqlite3",
        "/admin/",
        "/django-admin/",
        "/files/",
        "/media/",
        "/var/secret-key",
        "/__debug__/",
        "/server-status",
        "/static/",
        "/api/docs",
    ],
)
def test_t26_nothing_lies_about(client: Client, path: str) -> None:
    assert client.get(path).status_code in {301, 302, 400, 404}


@pytest.mark.parametrize("method", ["TRACE", "CONNECT", "PROPFIND", "FOO"])
def test_t26_unknown_methods_tell_nothing(client: Client, method: str) -> None:
    answer = client.generic(method, "/status/code/")
    assert answer.status_code in {302, 400, 403, 405}


@pytest.mark.parametrize(
    "path",
    ["/%ff", "/\x00", "/" + "a" * 9000, "/cases/%00/", "/payments/%2e%2e/", "/?%ff=%fe", "/cases/\ud83d/"],
    ids=range(7),
)
def test_t26_a_malformed_request_tells_no_trace(client: Client, path: str) -> None:
    answer = client.get(path.encode("utf-8", "replace").decode())
    assert answer.status_code < 500
    assert not any(word in answer.content.decode() for word in ("Traceback", "site-packages", "SELECT ", "Django"))


@pytest.mark.sqlite
def test_t33_no_page_of_a_person_is_kept_by_a_cache(world: World) -> None:
    kept, about = [], subjects.places(world)
    for role in ("applicant", "clerk"):
        client = world.client(role, raise_request_exception=False)
        for name, pattern in matrix.routes():
            answer = client.get(matrix.address(subjects.at(about, name), pattern))
            control = answer.headers.get("Cache-Control", "")
            if "no-store" not in control and "private" not in control and name not in SHARED:
                kept.append(f"{name or pattern} as {role}: {control or 'nothing said'}")
    assert kept == []
