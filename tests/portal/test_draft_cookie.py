"""A browser remembers the drafts that it began, and no others."""

from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory

from todoke.portal import draft_cookie


def browser(cookies: dict[str, str] | None = None) -> HttpRequest:
    request = RequestFactory().get("/")
    request.COOKIES.update(cookies or {})
    return request


def after(request: HttpRequest, token: str) -> dict[str, str]:
    response = HttpResponse()
    draft_cookie.add_draft(request, response, token)
    return {draft_cookie.COOKIE: response.cookies[draft_cookie.COOKIE].value}


def test_a_resident_comes_back_to_the_newest_draft_first() -> None:
    cookies = after(browser(), "first")
    cookies = after(browser(cookies), "second")
    assert draft_cookie.draft_tokens(browser(cookies)) == ["second", "first"]


def test_a_forged_cookie_opens_nothing() -> None:
    cookies = after(browser(), "mine")
    assert draft_cookie.draft_tokens(browser({draft_cookie.COOKIE: cookies[draft_cookie.COOKIE] + "x"})) == []
    assert draft_cookie.draft_tokens(browser({draft_cookie.COOKIE: '["somebody-elses"]'})) == []


def test_the_cookie_stays_small() -> None:
    cookies: dict[str, str] = {}
    for number in range(20):
        cookies = after(browser(cookies), f"draft-{number}")
    assert draft_cookie.draft_tokens(browser(cookies))[0] == "draft-19"
    assert len(draft_cookie.draft_tokens(browser(cookies))) == draft_cookie.MOST


def test_a_browser_keeps_its_mark_and_no_other_has_it() -> None:
    first, other = after(browser(), "first"), after(browser(), "first")
    mark = draft_cookie.browser_of(browser(first))
    assert mark == draft_cookie.browser_of(browser(after(browser(first), "second")))
    assert mark != draft_cookie.browser_of(browser(other))


def test_a_cookie_of_before_keeps_its_drafts() -> None:
    old = signing.dumps(["first"], salt="todoke.portal.drafts")
    assert draft_cookie.draft_tokens(browser({draft_cookie.COOKIE: old})) == ["first"]


def test_a_scripts_hands_off() -> None:
    response = HttpResponse()
    draft_cookie.add_draft(browser(), response, "mine")
    assert response.cookies[draft_cookie.COOKIE]["httponly"]
    assert response.cookies[draft_cookie.COOKIE]["samesite"] == "Lax"
