"""A real browser for the stories: Debian's Chromium against a live server, axe on every page."""

import copy
import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as configured
from django.test import Client
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright
from pytest_django import Settings
from pytest_django.live_server_helper import LiveServer

from tests.cast import payments
from tests.cast.browser import PATIENCE, Accessible, Desk
from todoke.payments.fake_provider import FakeProvider
from todoke.web.middleware import default_policy

os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"  # playwright's loop runs in the thread that prepares the data

AXE = (Path(__file__).resolve().parents[1] / "assets" / "axe.min.js").read_text()
QUIET = ["--disable-gpu", "--disable-background-networking", "--disable-component-update", "--no-first-run"]
expect.set_options(timeout=PATIENCE)
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
JUDGE = """async rules => {
  const found = await axe.run({runOnly: {type: 'tag', values: rules}, resultTypes: ['violations']});
  const said = found.violations.flatMap(
    rule => rule.nodes.map(node => `${rule.id}: ${rule.help} — ${node.html.slice(0, 160)}`)
  );
  const root = document.documentElement;
  return [said, root.scrollWidth - root.clientWidth];
}"""
"""Run axe and return only what is wrong, and by how much the page scrolls sideways.

Everything that axe found right is thousands of nodes a page; handing them over took three times as long as finding
them.
"""


@pytest.fixture(autouse=True)
def _people_are_known(settings: Settings) -> None:
    """People of the stories sign in without confirming an address first."""
    settings.ACCOUNT_EMAIL_VERIFICATION = "optional"


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    program = shutil.which("chromium")
    assert program, "Chromium is missing: apt-get install chromium"
    arguments = [*QUIET, *(["--no-sandbox"] if os.geteuid() == 0 else [])]
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=program, args=arguments)
        yield chromium
        chromium.close()


def _context(browser: Browser, address: str, width: int, height: int, **options: Any) -> BrowserContext:
    context = browser.new_context(
        base_url=address,
        viewport={"width": width, "height": height},
        locale="ja-JP",
        timezone_id="Asia/Tokyo",
        **options,
    )
    context.set_default_timeout(PATIENCE)
    return context


@pytest.fixture
def book(settings: Settings, live_server: LiveServer) -> Iterator[FakeProvider]:
    """The payment simulator on a port of its own, which tells the live server what happened."""
    with payments.simulator(settings, FakeProvider()) as book:
        settings.PUBLIC_URL = live_server.url
        policy: dict[str, Any] = copy.deepcopy(configured.CONTENT_SECURITY_POLICY)
        policy["DIRECTIVES"]["form-action"] = [*policy["DIRECTIVES"]["form-action"], settings.PSP_URL]
        settings.CONTENT_SECURITY_POLICY = policy
        default_policy.cache_clear()
        yield book


@pytest.fixture
def phone(browser: Browser, live_server: LiveServer) -> Iterator[Page]:
    """A page on a phone of 375 px."""
    context = _context(browser, live_server.url, 375, 812, is_mobile=True, has_touch=True)
    yield context.new_page()
    context.close()


@pytest.fixture
def desktop(browser: Browser, live_server: LiveServer) -> Iterator[Page]:
    """A page on a desktop of 1280 px."""
    context = _context(browser, live_server.url, 1280, 900)
    yield context.new_page()
    context.close()


@pytest.fixture
def phone_without_scripts(browser: Browser, live_server: LiveServer) -> Iterator[Page]:
    """A phone whose browser runs no JavaScript."""
    context = _context(browser, live_server.url, 375, 812, is_mobile=True, has_touch=True, java_script_enabled=False)
    yield context.new_page()
    context.close()


@pytest.fixture
def desk(browser: Browser, live_server: LiveServer) -> Iterator[Desk]:
    """A desktop at which somebody of the staff has signed in."""
    opened: list[BrowserContext] = []

    def sit(user: Any) -> Page:
        client = Client()
        client.force_login(user)
        cookie = client.cookies[configured.SESSION_COOKIE_NAME].value
        context = _context(browser, live_server.url, 1280, 900)
        context.add_cookies([{"name": configured.SESSION_COOKIE_NAME, "value": cookie, "url": live_server.url}])
        opened.append(context)
        return context.new_page()

    yield sit
    for context in opened:
        context.close()


@pytest.fixture
def accessible() -> Accessible:
    """Check the page that is open: no axe violation, no sideways scroll, nothing loaded from another host."""

    def check(page: Page) -> None:
        if not page.evaluate("typeof axe === 'object'"):
            page.evaluate(f"{AXE}; null")
        said, overflow = page.evaluate(JUDGE, RULES)
        assert not said, f"{page.url}\n" + "\n".join(said)
        assert overflow <= 0, f"{page.url} scrolls sideways by {overflow} px"

    return check
