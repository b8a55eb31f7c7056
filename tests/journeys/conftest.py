"""A real browser for the stories: Debian's Chromium against a live server, axe on every page."""

import copy
import os
import shutil
from collections.abc import Iterator
from contextlib import ExitStack
from typing import Any

import pytest
from django.conf import settings as configured
from django.test import Client
from playwright.sync_api import Browser, Error, Page, expect, sync_playwright
from pytest_django import Settings
from pytest_django.live_server_helper import LiveServer

from tests.cast import payments
from tests.cast.browser import PATIENCE, Accessible, Desk
from tests.cast.browser_contexts import AXE, Contexts
from todoke.payments.fake_provider import FakeProvider
from todoke.web.middleware import default_policy

os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"  # playwright's loop runs in the thread that prepares the data

QUIET = ["--disable-gpu", "--disable-background-networking", "--disable-component-update", "--no-first-run"]
expect.set_options(timeout=PATIENCE)
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
AXE_IS_THERE = """() => {
  if (typeof axe !== 'object' && typeof installAxe === 'function') installAxe();
  return typeof axe === 'object';
}"""
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


@pytest.fixture(scope="session")
def contexts(browser: Browser, live_server: LiveServer) -> Contexts:
    return Contexts(browser, live_server.url)


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
def phone(contexts: Contexts) -> Iterator[Page]:
    """A page on a phone of 375 px."""
    with contexts.lent(375, 812, is_mobile=True, has_touch=True) as context:
        yield context.new_page()


@pytest.fixture
def desktop(contexts: Contexts) -> Iterator[Page]:
    """A page on a desktop of 1280 px."""
    with contexts.lent(1280, 900) as context:
        yield context.new_page()


@pytest.fixture
def phone_without_scripts(contexts: Contexts) -> Iterator[Page]:
    """A phone whose browser runs no JavaScript."""
    with contexts.lent(375, 812, is_mobile=True, has_touch=True, java_script_enabled=False) as context:
        yield context.new_page()


@pytest.fixture
def desk(contexts: Contexts, live_server: LiveServer) -> Iterator[Desk]:
    """A desktop at which somebody of the staff has signed in."""
    opened = ExitStack()

    def sit(user: Any) -> Page:
        client = Client()
        client.force_login(user)
        cookie = client.cookies[configured.SESSION_COOKIE_NAME].value
        context = opened.enter_context(contexts.lent(1280, 900))
        context.add_cookies([{"name": configured.SESSION_COOKIE_NAME, "value": cookie, "url": live_server.url}])
        return context.new_page()

    with opened:
        yield sit


@pytest.fixture
def accessible() -> Accessible:
    """Check the page that is open: no axe violation, no sideways scroll, nothing loaded from another host."""

    def judge(page: Page) -> tuple[list[str], int]:
        page.wait_for_load_state()
        if not page.evaluate(AXE_IS_THERE):
            page.evaluate(f"{AXE}; null")
        said, overflow = page.evaluate(JUDGE, RULES)
        return said, overflow

    def check(page: Page) -> None:
        try:
            said, overflow = judge(page)
        except Error:  # the browser went on to the page that the last press asked for
            said, overflow = judge(page)
        assert not said, f"{page.url}\n" + "\n".join(said)
        assert overflow <= 0, f"{page.url} scrolls sideways by {overflow} px"

    return check
