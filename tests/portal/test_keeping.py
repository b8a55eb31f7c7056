"""A browser remembers the drafts that it began, and no others."""

from django.http import HttpResponse
from django.test import RequestFactory

from todoke.portal import keeping


def browser(cookies: dict[str, str] | None = None) -> object:
    request = RequestFactory().get("/")
    request.COOKIES.update(cookies or {})
    return request


def after(request: object, token: str) -> dict[str, str]:
    response = HttpResponse()
    keeping.keep(request, response, token)
    return {keeping.COOKIE: response.cookies[keeping.COOKIE].value}


def test_a_resident_comes_back_to_the_newest_draft_first() -> None:
    cookies = after(browser(), "first")
    cookies = after(browser(cookies), "second")
    assert keeping.held(browser(cookies)) == ["second", "first"]


def test_a_forged_cookie_opens_nothing() -> None:
    cookies = after(browser(), "mine")
    assert keeping.held(browser({keeping.COOKIE: cookies[keeping.COOKIE] + "x"})) == []
    assert keeping.held(browser({keeping.COOKIE: '["somebody-elses"]'})) == []


def test_the_cookie_stays_small() -> None:
    cookies: dict[str, str] = {}
    for number in range(20):
        cookies = after(browser(cookies), f"draft-{number}")
    assert keeping.held(browser(cookies))[0] == "draft-19"
    assert len(keeping.held(browser(cookies))) == keeping.MOST


def test_a_mailed_link_leads_to_its_draft_only_as_it_was_sent() -> None:
    code = keeping.resume_code("mine")
    assert keeping.token_of(code) == "mine"
    assert keeping.token_of(code[:-1] + ("A" if code[-1] != "A" else "B")) is None


def test_a_scripts_hands_off() -> None:
    response = HttpResponse()
    keeping.keep(browser(), response, "mine")
    assert response.cookies[keeping.COOKIE]["httponly"]
    assert response.cookies[keeping.COOKIE]["samesite"] == "Lax"
