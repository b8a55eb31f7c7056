"""Every kind of page that a person can reach by links is open to everybody: axe, no sideways scroll, both sizes.

Follows the links of the demo ward from each person's first page and opens one page of each kind.
"""

from collections.abc import Callable
from urllib.parse import urldefrag, urljoin, urlsplit

import pytest
from django.urls import Resolver404, resolve
from playwright.sync_api import Browser, Error, Page
from pytest_django.live_server_helper import LiveServer

from tests.cast.browser import PATIENCE, Accessible
from todoke.demo import people, ward

PEOPLE = {
    "": ["/"],
    "hanako@demo.example": ["/", "/me/"],
    "clerk@demo.example": ["/office/"],
    "chief@demo.example": ["/office/proposals/"],
    "treasurer@demo.example": ["/office/payments/"],
    "designer@demo.example": ["/studio/"],
    "dx@demo.example": ["/board/", "/office/procedures/"],
}
FILES = (
    "/export/",
    ".csv",
    ".xlsx",
    ".pdf",
    "/file/",
    "/uploads/",
    "/letters/",
    "/document/",
    ".svg",
    ".json",
    ".atom",
    ".rss",
    ".geojson",
)
WIDTHS = [375, 1280]


def kind_of(address: str) -> str:
    """Return the name of the page, or "" for what is no page of ours."""
    if any(part in address for part in FILES):
        return ""
    try:
        match = resolve(urlsplit(address).path)
    except Resolver404:
        return ""
    return match.view_name or ""


def enter(page: Page, email: str) -> None:
    page.goto("/accounts/login/")
    page.fill("#id_login", email)
    page.fill("#id_password", people.PASSWORD)
    page.press("#id_password", "Enter")
    page.wait_for_url(lambda url: "/accounts/login/" not in url)


def walk(page: Page, starts: list[str], check: Callable[[Page], None], wrong: list[str]) -> set[str]:
    """Open one page of each kind that links lead to, and return the kinds."""
    seen: set[str] = set()
    waiting = list(starts)
    while waiting:
        address = waiting.pop(0)
        kind = kind_of(address)
        if not kind or kind in seen or kind == "account_logout":
            continue
        seen.add(kind)
        try:
            answer = page.goto(address)
        except Error as problem:
            if "Download is starting" not in str(problem):
                raise
            continue
        if answer is None or answer.status >= 400:
            wrong.append(f"{address}: {answer.status if answer else 'no answer'}")
            continue
        try:
            check(page)
        except AssertionError as found:
            wrong.append(str(found))
        links = page.eval_on_selector_all("a[href]", "links => links.map(a => a.href)")
        here = urlsplit(page.url).netloc
        waiting += [urldefrag(urljoin(page.url, link)).url for link in links if urlsplit(link).netloc == here]
    return seen


@pytest.mark.browser
@pytest.mark.nightly
@pytest.mark.django_db(transaction=True)
def test_every_page_is_open_to_everybody(browser: Browser, live_server: LiveServer, accessible: Accessible) -> None:
    for _ in ward.build():
        pass
    wrong: list[str] = []
    seen: set[str] = set()
    for width in WIDTHS:
        for email, starts in PEOPLE.items():
            context = browser.new_context(
                base_url=live_server.url, locale="ja-JP", viewport={"width": width, "height": 900}
            )
            context.set_default_timeout(PATIENCE)
            page = context.new_page()
            if email:
                enter(page, email)
            seen |= walk(page, [urljoin(live_server.url, start) for start in starts], accessible, wrong)
            context.close()
    assert not wrong, "\n\n".join(dict.fromkeys(wrong))
    assert len(seen) > 40, sorted(seen)
